import { type SQL, sql } from "drizzle-orm";
import { beginsWord } from "./whole-word.shared";

/** Conditions on the text of products `p`, for the words of one search as `search_words` gives them: letters, digits, and points within amounts. */
export interface WordSearch {
  /** Every word is in the text as typed. */
  asTyped: SQL;
  /** Null where no word can be mistyped. */
  near: {
    /** Tables that `nearly` and `far` look at, each ended with a comma. They cost nothing unless they are looked at. */
    tables: SQL;
    /** Every word is in the text, or one that it comes near. */
    nearly: SQL;
    /** How far the text is from what was typed, to be ordered by: see `near_words`. */
    far: SQL;
  } | null;
}

export function wordSearch(words: readonly string[]): WordSearch {
  const asTyped = (word: string) => sql`p.search_text like ${beginsWord(word) ? `% ${word}%` : `%${word}%`}`;
  const mistyped = words
    .filter((word) => !beginsWord(word))
    .map((word, index) => ({ word, near: sql.identifier(`near_${index}`) }));
  return {
    asTyped: all(words.map(asTyped)),
    near:
      mistyped.length === 0
        ? null
        : {
            tables: sql.join(
              mistyped.map(({ word, near }) => sql`${near} as materialized (select word, far from near_words(${word})), `),
            ),
            nearly: all([
              ...words.filter(beginsWord).map(asTyped),
              ...mistyped.map(({ near }) => sql`p.search_text ~ (select ' (' || string_agg(word, '|') || ')' from ${near})`),
            ]),
            far: sql.join(
              mistyped.map(({ near }) => sql`(select min(far) from ${near} where p.search_text like '% ' || word || '%')`),
              sql` + `,
            ),
          },
  };
}

function all(conditions: SQL[]): SQL {
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}
