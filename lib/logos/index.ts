export { logoPath } from "./logo-path";
export { type Logo, readLogo } from "./read-logo";
