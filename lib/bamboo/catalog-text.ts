/** The supplier's texts are written by strangers: kept as plain text, tags and all, and shown as text only. */
const MAX_NAME_CHARS = 200;
const MAX_TEXT_CHARS = 20_000;

/** Line ends and tabs stay in a text; other control characters, halves of characters and marks that turn text around go. */
const UNWANTED = /(?![\n\t])[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** One line. Empty where nothing is left. */
export function supplierName(text: string): string {
  return bounded(text.replace(/\s+/g, " "), MAX_NAME_CHARS);
}

/** Many lines. Null where nothing is left. */
export function supplierText(text: string | null): string | null {
  return (text && bounded(text.replace(/\r\n?/g, "\n"), MAX_TEXT_CHARS)) || null;
}

/** Cut before it is cleaned: a cut through the middle of a character leaves a half. */
function bounded(text: string, maxChars: number): string {
  return text.trim().slice(0, maxChars).replace(UNWANTED, "").trim();
}
