export type { Actor, Ctx } from "./actor";
export { type Caller, loadCaller } from "./load-actor";
export { permissionsOf, requireMember, requireStaffActor } from "./permissions";
export { signIn } from "./sign-in";
