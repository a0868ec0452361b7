import type { Change } from "@/lib/refresh/schemas";
import type { Tone } from "../../ui/badge";

export const CHANGE_LOOKS: Record<Change["kind"], { label: string; tone: Tone }> = {
  added: { label: "Added", tone: "success" },
  withdrawn: { label: "Withdrawn", tone: "danger" },
  returned: { label: "Returned", tone: "success" },
  price: { label: "Price", tone: "accent" },
  stock: { label: "Stock", tone: "info" },
  details: { label: "Details", tone: "neutral" },
  inactive: { label: "Inactive", tone: "warning" },
  active: { label: "Active again", tone: "success" },
};

type Field = Change["fields"][number];

const FIELD_WORDS: Record<string, string> = {
  costMin: "Cost",
  costMax: "Highest cost",
  costCurrency: "Cost currency",
  faceMinMinor: "Smallest face value, minor units",
  faceMaxMinor: "Largest face value, minor units",
  faceCurrency: "Face currency",
  stock: "Stock",
  name: "Name",
  brandId: "Brand",
};

/** Why a product cannot be ordered for now. */
const INACTIVE_WORDS: Record<string, string> = {
  listed: "The supplier lists it as inactive",
  refused: "The supplier refused an order of it",
};

const CURRENCY_FIELD = "costCurrency";
const COSTS = new Set(["costMin", "costMax"]);

/**
 * What differs, a sentence each: "Cost 9.00 → 9.40 USD", "Stock 12 → out". A product with one price has its cost told once, and the
 * currency stands beside the cost where it is told and stayed the same. A name that has no words here keeps its own.
 */
export function changeSentences(fields: readonly Field[]): string[] {
  const currency = fields.find(({ name }) => name === CURRENCY_FIELD);
  const sameCurrency = currency && currency.before === currency.after ? currency.after : null;
  const lowest = fields.find(({ name }) => name === "costMin");
  return fields.flatMap((field) => {
    if (sameCurrency && field === currency) return [];
    if (field.name === "costMax" && lowest?.before === field.before && lowest?.after === field.after) return [];
    if (field.name === "inactive") return [inactiveWords(field)];
    const unit = sameCurrency && COSTS.has(field.name) ? ` ${sameCurrency}` : "";
    return [`${wordsOf(field.name)} ${valueText(field, field.before)} → ${valueText(field, field.after)}${unit}`];
  });
}

function wordsOf(name: string): string {
  return FIELD_WORDS[name] ?? spaced(name);
}

/** "redemptionInstructions" is "Redemption instructions". */
function spaced(name: string): string {
  const words = name.replace(/([A-Z])/g, " $1").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function inactiveWords({ before, after }: Field): string {
  if (after === null) return before === "refused" ? "Read again after it was refused" : "Listed as active again";
  return INACTIVE_WORDS[after] ?? after;
}

function valueText({ name }: Field, value: string | null): string {
  if (name === "stock") return value === null ? "unlimited" : value === "0" ? "out" : value;
  if (value === null || value === "") return "none";
  return COSTS.has(name) ? costText(value) : value;
}

/** Two decimals at least; a third and fourth where they say something. */
function costText(value: string): string {
  const [whole = "0", decimals = ""] = value.split(".");
  return `${whole}.${decimals.replace(/0+$/, "").padEnd(CENT_DIGITS, "0")}`;
}

const CENT_DIGITS = 2;
