/**
 * A preload: this process's wall clock is off by CLOCK_OFF_MS, as that of a machine whose time is not kept. `performance.now()` goes on
 * as it is.
 */
const offMs = Number(process.env.CLOCK_OFF_MS);
if (!Number.isFinite(offMs)) throw new Error("CLOCK_OFF_MS is not set: by how many milliseconds is this clock to be wrong?");

const TrueDate = Date;
globalThis.Date = new Proxy(TrueDate, {
  construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [target.now() + offMs] : args, self),
  apply: (target) => new target(target.now() + offMs).toString(),
  get: (target, name) => (name === "now" ? () => target.now() + offMs : Reflect.get(target, name)),
});
