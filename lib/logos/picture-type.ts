export const PICTURE_TYPES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/svg+xml"] as const;
export type PictureType = (typeof PICTURE_TYPES)[number];

/** What bytes are, by themselves: neither the name nor the type that came with them is believed. Null for what is no picture. */
export function pictureType(bytes: Buffer): PictureType | null {
  const at = (from: number, to: number) => bytes.toString("latin1", from, to);
  if (at(0, 8) === "\x89PNG\r\n\x1a\n") return "image/png";
  if (at(0, 3) === "\xff\xd8\xff") return "image/jpeg";
  if (at(0, 6) === "GIF87a" || at(0, 6) === "GIF89a") return "image/gif";
  if (at(0, 4) === "RIFF" && at(8, 12) === "WEBP") return "image/webp";
  if (at(4, 8) === "ftyp" && ["avif", "avis"].includes(at(8, 12))) return "image/avif";
  return isSvg(bytes) ? "image/svg+xml" : null;
}

/** Before the root element of a real picture stand a declaration, a doctype and a few comments. */
const MAX_PROLOGUE_PARTS = 20;

/** By its root element. A doctype with definitions of its own is refused: entities grow without bound in whoever reads them. */
function isSvg(bytes: Buffer): boolean {
  let rest = asText(bytes).trimStart();
  for (let part = 0; part < MAX_PROLOGUE_PARTS; part++) {
    if (/^<svg[\s/>]/.test(rest)) return true;
    const length = prologueLength(rest);
    if (length === 0) return false;
    rest = rest.slice(length).trimStart();
  }
  return false;
}

function prologueLength(rest: string): number {
  const upTo = (end: string) => rest.indexOf(end) + (rest.includes(end) ? end.length : 1);
  if (rest.startsWith("<?xml")) return upTo("?>");
  if (rest.startsWith("<!--")) return upTo("-->");
  return /^<!doctype svg[^[\]<>]*>/i.exec(rest)?.[0].length ?? 0;
}

/** Empty for what is no UTF-8. */
function asText(bytes: Buffer): string {
  const text = bytes.toString("utf8");
  return text.includes("\ufffd") ? "" : text;
}
