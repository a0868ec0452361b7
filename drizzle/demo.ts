/** The people and partners of a local start. Names are invented; addresses use a domain that can never exist. */
export interface DemoPerson {
  name: string;
  email: string;
}

export const DEMO_STAFF = [
  { name: "Amira Haddad", email: "admin@steller.example", role: "admin" },
  { name: "Jonas Weber", email: "admin2@steller.example", role: "admin" },
  { name: "Sven Lindqvist", email: "support@steller.example", role: "support" },
] as const;

const byDefault = { scope: "default", scopeId: null, fixedFeeMinor: 0, minMarginBasisPoints: 0 } as const;
/** Category 2 is Gaming at the supplier. */
const gaming = { scope: "category", scopeId: "2", fixedFeeMinor: 0, minMarginBasisPoints: 0 } as const;

/** Partners read the name of a rule beside each price, so a name does not tell the mark-up. */
export const DEMO_PARTNERS = [
  {
    name: "Northwind Gifts",
    urgentAllowed: true,
    currency: "USD",
    fundsMinor: 2_500_000,
    rules: [
      { ...byDefault, name: "Standard", kind: "markup_on_cost", basisPoints: 300 },
      { ...gaming, name: "Gaming", kind: "markup_on_cost", basisPoints: 150 },
    ],
    people: [
      { name: "Nora Winters", email: "owner@northwind.example", role: "owner" },
      { name: "Ben Okafor", email: "buyer@northwind.example", role: "buyer" },
      { name: "Vera Chen", email: "viewer@northwind.example", role: "viewer" },
    ],
  },
  {
    name: "Lumière Cadeaux",
    urgentAllowed: false,
    currency: "EUR",
    fundsMinor: 1_200_000,
    rules: [{ ...byDefault, name: "Standard", kind: "discount_off_face", basisPoints: 100 }],
    people: [
      { name: "Lucie Martin", email: "owner@lumiere.example", role: "owner" },
      { name: "Felix Brandt", email: "finance@lumiere.example", role: "finance" },
    ],
  },
  {
    name: "Souq Digital",
    urgentAllowed: false,
    currency: "AED",
    fundsMinor: 5_000_000,
    rules: [{ ...byDefault, name: "Standard", kind: "markup_on_cost", basisPoints: 200, fixedFeeMinor: 50 }],
    people: [
      { name: "Omar Al Nahyan", email: "owner@souq.example", role: "owner" },
      { name: "Dana Rashid", email: "developer@souq.example", role: "developer" },
    ],
  },
] as const;
