import { beginsWord } from "@/lib/catalog/whole-word.shared";
import { type CatalogFilters, toQuery } from "./catalog-filters";

interface Page<T> {
  items: T[];
  nextCursor: string | null;
  approximate: boolean;
}
interface Pages<P> {
  pages: P[];
  pageParams: (string | null)[];
}

/**
 * What to show while the answer for `filters` is awaited: the earlier answer, and where the search was only typed further, those of
 * its items whose text has the new words too, by the server's own rule for words. `textOf` must be a part of what the server searches:
 * then they are in the answer. It may have more, found by what is not shown, such as another name of a country.
 */
export function narrowPages<T, P extends Page<T>>(
  earlier: Pages<P> | undefined,
  earlierFilters: CatalogFilters | undefined,
  filters: CatalogFilters,
  textOf: (item: T) => string,
): Pages<P> | undefined {
  const [first] = earlier?.pages ?? [];
  if (!earlier || !first || !earlierFilters || first.approximate || !isTypedFurther(earlierFilters, filters)) return earlier;
  const words = plain(filters.search).split(" ");
  const items = earlier.pages
    .flatMap((page) => page.items)
    .filter((item) => {
      const text = ` ${plain(textOf(item))} `;
      return words.every((word) => text.includes(beginsWord(word) ? ` ${word}` : word));
    });
  // Nothing loaded has the words, but something not loaded may: the earlier results stay until that is known.
  return items.length === 0 ? earlier : { pages: [{ ...first, items, nextCursor: null }], pageParams: [null] };
}

function isTypedFurther(earlier: CatalogFilters, now: CatalogFilters): boolean {
  const rest = (filters: CatalogFilters) => JSON.stringify([toQuery({ ...filters, search: "" }), filters.onlyBrand]);
  const [before, after] = [plain(earlier.search), plain(now.search)];
  return after.length > before.length && after.startsWith(before) && rest(earlier) === rest(now);
}

/** As the database has it (`search_normal`): "Éclair-Shop" is "eclair shop", "Noah’s" is "noahs", "1,000.00" is "1000". */
function plain(text: string): string {
  return text
    .replace(/['’‘`´™®©℠\u00ad\u200c\u200d]/g, "")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]+/g, "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[øłđıħ]/g, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .replace(/(\d),(?=\d{3}(?!\d))/g, "$1")
    .replace(/(\d)\.0+(?!\.?\d)/g, "$1")
    .replace(/(\d\.\d*[1-9])0+(?!\.?\d)/g, "$1")
    .replace(/(?:(?<!\d)\.|\.(?!\d)|[^.\p{L}\p{N}\p{M}])+/gu, " ")
    .trim();
}

const PLAIN_LETTERS: Record<string, string> = { ø: "o", ł: "l", đ: "d", ı: "i", ħ: "h" };
