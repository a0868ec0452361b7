export type { Actor, Ctx } from "./actor";
export { CALLERS_PARTNER, type Caller, loadCaller, loadCallerBeside } from "./load-actor";
export { permissionsOf, requireMember, requireStaffActor } from "./permissions";
export { sessionCookie } from "./session-token";
export { signIn } from "./sign-in";
