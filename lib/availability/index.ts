export { listScopes } from "./list-scopes";
export { listStaffBrands } from "./list-staff-brands";
export { nameScopes, type Scope } from "./name-scopes";
export { readAllowances } from "./read-allowances";
export { returnUnavailable } from "./return-unavailable";
export { setAllowances } from "./set-allowances";
export { switchBrand } from "./switch-brand";
