import { expect, it } from "vitest";
import { pictureType } from "./picture-type";

const bytes = (text: string) => Buffer.from(text, "latin1");

it.each([
  ["\x89PNG\r\n\x1a\nrest", "image/png"],
  ["\xff\xd8\xff\xe0rest", "image/jpeg"],
  ["GIF87a", "image/gif"],
  ["GIF89a", "image/gif"],
  ["RIFF\x10\0\0\0WEBPVP8 ", "image/webp"],
  ["\0\0\0\x1cftypavif", "image/avif"],
  ["\0\0\0\x1cftypavis", "image/avif"],
  ["<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"],
  [
    '\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a > b -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n<svg>',
    "image/svg+xml",
  ],
] as const)("%j is %s", (text, type) => {
  expect(pictureType(bytes(text))).toBe(type);
});

it.each([
  "",
  "<html><svg/></html>",
  "<!doctype html><svg/>",
  '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg>&a;</svg>',
  "<script>alert(1)</script>",
  "<svgx>",
  "<!-- never closed <svg>",
  "<?xml version='1.0' <svg>",
  "text <svg>",
  "\xff\xfe<svg>",
  "RIFF\x10\0\0\0WAVE",
  "\0\0\0\x1cftypmp42",
  "%PDF-1.7",
  `${"<!-- -->".repeat(21)}<svg>`,
])("%j is no picture", (text) => {
  expect(pictureType(bytes(text))).toBeNull();
});
