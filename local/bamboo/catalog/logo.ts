import { hashedFraction } from "../random";
import type { Brand } from "./types";

/** A square monogram in the brand's own colour, as SVG text. */
export function brandLogo(brand: Brand): string {
  const hue = Math.floor(hashedFraction("logo", brand.name.split(" ")[0] ?? "") * 360);
  const letters = brand.name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.replace(/[^\p{L}]/gu, "").charAt(0))
    .join("")
    .toUpperCase();
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96" role="img">` +
    `<rect width="96" height="96" rx="20" fill="hsl(${hue} 52% 38%)"/>` +
    `<text x="48" y="61" text-anchor="middle" font-family="system-ui, sans-serif" font-size="38" font-weight="600" fill="#fff">${letters}</text></svg>`
  );
}
