/** Roots and endings of invented brand names, and the word that says what such a shop sells, by category. */
export const roots = (
  "Quill Tarn Oakl Brindle Hazen Larch Marrow Nettle Ember Fallow Garnet Heather Ivel Juniper Kestrel Linden Merrow Northen " +
  "Orrin Penrow Rowen Saffrel Thistle Umbrel Vesper Wren Yarrow Zephrin Alder Bracken Cobble Dunmore"
).split(" ");

export const endings = "wick mere brook holt dale fen croft ley stow garth".split(" ");

export const trades: Readonly<Record<number, string>> = {
  1: "Streaming",
  2: "Games",
  3: "Prepaid",
  4: "Fashion",
  5: "Tools",
  6: "Airways",
  7: "Spa",
  9: "Online",
  10: "Kitchen",
  11: "Toys",
  12: "Travel",
  13: "Home",
  14: "Academy",
  15: "Sports",
  16: "Electronics",
  17: "Coin",
  18: "Market",
  19: "Books",
  20: "Mobile",
  21: "Stores",
  22: "Apps",
  23: "Mall",
  24: "Fuel",
  25: "Pharmacy",
  26: "Pets",
  27: "Relief",
  30: "Petrol",
};

/** The texts of suppliers are untrusted: some are empty, some missing, some carry markup and script. */
export const descriptions: readonly ((name: string) => string | null)[] = [
  (name) => `Digital credit for ${name}. Delivered by code, ready to use.`,
  (name) => `The gift that lets them choose: ${name}.`,
  (name) => `<p>Shop at <b>${name}</b> with a <i>digital</i> card.</p><ul><li>No fee</li><li>No expiry of value</li></ul>`,
  () => "",
  () => null,
  (name) => `${name} & friends: "more for less" <script>alert('catalogue text was run')</script>`,
  (name) => `Top up ${name}<img src=x onerror="alert('catalogue text was run')">`,
  (name) => `رصيد رقمي لـ ${name}`,
];

export const instructions: readonly (string | null)[] = [
  "Sign in, open Wallet, choose Redeem and enter the code.",
  "1. Visit the site.\n2. Add items to the basket.\n3. Enter the code at checkout.",
  "<ol><li>Open the app</li><li>Tap <b>Redeem</b></li><li>Enter the code</li></ol>",
  "Show the code at the till.",
  "",
  null,
];

export const termTexts: readonly (string | null)[] = [
  "Not refundable. Not exchangeable for cash. Valid for one year from the day of purchase.",
  "<p>Subject to the <a href=\"javascript:alert('catalogue link was run')\">terms</a> of the issuer.</p>",
  "",
  null,
];

export const disclaimers: readonly (string | null)[] = [null, null, "", "For use in the country of issue only."];
