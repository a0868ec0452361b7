export { supplier } from "./supplier";
