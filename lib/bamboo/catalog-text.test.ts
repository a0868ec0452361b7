import { expect, test } from "vitest";
import { supplierName, supplierText } from "./catalog-text";

test("a name is one line without control characters and marks that turn text around", () => {
  expect(supplierName(" Exa\u0000mple\r\n \u202eGames\u2069 \u200f10 ")).toBe("Example Games 10");
  expect(supplierName("\u202e \u0007")).toBe("");
});

test("tags stay text, and line ends stay in a text", () => {
  expect(supplierText("<b>Terms</b>\r\n1.\tNo <script>refunds</script>\u0000")).toBe(
    "<b>Terms</b>\n1.\tNo <script>refunds</script>",
  );
  expect(supplierText("\u0000 ")).toBeNull();
  expect(supplierText(null)).toBeNull();
});

test("what is too long is cut, never through the middle of a character", () => {
  expect(supplierName(`${"a".repeat(199)}😀`)).toBe("a".repeat(199));
  expect(supplierName("b".repeat(500))).toHaveLength(200);
  expect(supplierText("c".repeat(30_000))).toHaveLength(20_000);
  expect(supplierName("half \ud83d of one")).toBe("half  of one");
});
