import { expect, it } from "vitest";
import { throttleSeconds } from "./throttle";

const HTTP_DATE = "Wed, 21 Oct 2026 07:28:00 GMT";

it.each([
  ["the header", "17", "", 17],
  ["the header against the text", "17", "wait for 60 seconds", 17],
  ["the text where the header is a date", HTTP_DATE, "wait for 60 seconds", 60],
  ["the default where the header is a date and the text is silent", HTTP_DATE, "Too many requests.", 10],
  ["the text where the header is no number", "-5", "wait for 60 seconds", 60],
  ["plain text", null, "Too many requests. Please wait for 3406 seconds.", 3406],
  ["plain text with a tail", null, "Please wait for 12 seconds for the next request", 12],
  ["text without 'for', in capitals, one second", null, "PLEASE WAIT 1 SECOND", 1],
  ["JSON", null, '{"message":"Too many requests. Please wait for 30 seconds."}', 30],
  ["a default", null, "", 10],
  ["a default for HTML", null, "<html>429</html>", 10],
  ["at least a second", "0", "", 1],
  ["at most a little over an hour", "999999", "", 3_900],
])("reads %s", (_, header, body, seconds) => {
  expect(throttleSeconds(header, body)).toBe(seconds);
});
