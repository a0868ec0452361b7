export { type Fetched, safeFetch } from "./safe-fetch";
