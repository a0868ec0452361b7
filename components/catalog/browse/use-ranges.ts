import { useMe } from "../../session/api/get-me";
import type { CatalogFilters } from "./catalog-filters";

/** A filter of two amounts in one currency. */
export interface Range {
  label: string;
  /** Null: the amounts have no meaning until a currency is chosen. */
  currency: string | null;
  fromMinor: number | null;
  toMinor: number | null;
  onChange: (part: { fromMinor?: number | null; toMinor?: number | null }) => void;
}

/** The two ranges of the catalogue: the partner's price in the partner's currency, and the face value in the chosen one. */
export function useRanges(filters: CatalogFilters, onChange: (change: Partial<CatalogFilters>) => void): Range[] {
  const own = useMe()?.partner?.currency ?? null;
  return [
    {
      label: "Your price",
      currency: own,
      fromMinor: filters.priceFromMinor,
      toMinor: filters.priceToMinor,
      onChange: ({ fromMinor, toMinor }) =>
        onChange({
          ...(fromMinor === undefined ? {} : { priceFromMinor: fromMinor }),
          ...(toMinor === undefined ? {} : { priceToMinor: toMinor }),
        }),
    },
    {
      label: "Face value",
      currency: filters.currency,
      fromMinor: filters.faceFromMinor,
      toMinor: filters.faceToMinor,
      onChange: ({ fromMinor, toMinor }) =>
        onChange({
          ...(fromMinor === undefined ? {} : { faceFromMinor: fromMinor }),
          ...(toMinor === undefined ? {} : { faceToMinor: toMinor }),
        }),
    },
  ];
}
