/** A service did not answer, or its answer was lost: the verb throws, and whoever called it tries again. */
export class Outage extends Error {}

/** The database refused a statement by a constraint. */
export class Refused extends Error {
  constructor(readonly constraint: string) {
    super(`refused by ${constraint}`);
  }
}

/** An invariant does not hold: the simulation's one reason to fail. */
export class Violation extends Error {
  constructor(
    readonly invariant: string,
    detail: string,
  ) {
    super(detail);
  }
}

/** Made once: an error's stack costs more than the event that it ends. */
export const OUTAGE = new Outage("no answer");
