/** Shorter words and numbers begin a word of the text: anywhere within one they are in half of all texts. */
const SHORT = 3;
const NUMBER = /^[\d.]+$/;

/** Whether a searched word must begin a word of the text; such a word is never taken as mistyped either. */
export function beginsWord(word: string): boolean {
  return word.length < SHORT || NUMBER.test(word);
}
