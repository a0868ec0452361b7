import { Violation } from "../engine/failures";
import type { World } from "../engine/world";

/**
 * What leaves a process for a partner, whether it arrives or not: the same key is told the same, byte for byte, and no order that the
 * database does not hold. A refusal for want of funds is not kept, so money that came since may turn it.
 */
export function checkTold({ checked, tables }: World, key: string, body: string | null): void {
  const first = checked.told.get(key);
  if (first !== undefined && body !== first) throw new Violation("replay", `${key} was answered "${first}" and then "${body}"`);
  if (body === null || first !== undefined) return;
  if (!tables.orders.some(({ answer }) => answer === body))
    throw new Violation("replay", `${key} was answered "${body}", and there is no such order`);
  checked.told.set(key, body);
}
