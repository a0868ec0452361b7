/** A misuse that a library function reports to the script as a plain Lua error. */
export class ScriptFault extends Error {}
