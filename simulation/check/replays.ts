import { Violation } from "../engine/failures";

/** The same key gets the same answer, byte for byte. A refusal for want of funds is not kept, so money that came since may turn it. */
export function checkReplay(key: string, first: string | null, now: string | null): void {
  if (first !== null && now !== first) throw new Violation("replay", `${key} was answered "${first}" and then "${now}"`);
}
