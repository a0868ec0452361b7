/** A LIKE pattern that finds `text` anywhere, with the pattern's own signs taken as they are. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
