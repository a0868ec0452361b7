import { Refused } from "../engine/failures";
import type { World } from "../engine/world";
import type { Transfer } from "./rows";
import { touch } from "./transaction";

/** Follows lib/wallet/post-transfers.ts and the triggers and indexes of the ledger: balances move with the transfers, or nothing does. */
export function postTransfers(world: World, movements: readonly Transfer[]): void {
  for (const movement of movements) {
    if (movement.amountMinor <= 0) continue;
    refuseRepeat(world, movement);
    const { debit, credit, amountMinor } = movement;
    if (world.planted !== "balances-outlive-rollback") {
      touch(world, debit);
      touch(world, credit);
    }
    debit.balanceMinor -= amountMinor;
    credit.balanceMinor += amountMinor;
    world.tables.transfers.push(movement);
  }
  if (world.planted === "balances-unchecked") return;
  for (const { debit } of movements)
    if ((debit.kind === "available" || debit.kind === "held") && debit.balanceMinor < 0)
      throw debit.kind === "held" ? HELD : AVAILABLE;
}

const AVAILABLE = new Refused("ledger_accounts_available");
const HELD = new Refused("ledger_accounts_held");
const REPEATED = new Refused("transfers_one_each");
const BEYOND_HOLD = new Refused("transfers_within_hold");

/** A line is held once; for each dispatch line it is taken, and given back, at most once, and in sum never beyond its hold. */
function refuseRepeat({ tables, planted }: World, posted: Transfer): void {
  if (planted === "capture-untied") return;
  const { kind, line, dispatchLine, dispatch } = posted;
  let leftMinor = 0;
  for (const earlier of tables.transfers) {
    if (kind === "supplier_cost" && earlier.kind === kind && earlier.dispatch === dispatch) throw REPEATED;
    if (line === null || earlier.line !== line) continue;
    if (earlier.kind === kind && earlier.dispatchLine === dispatchLine) throw REPEATED;
    leftMinor += earlier.kind === "hold" ? earlier.amountMinor : -earlier.amountMinor;
  }
  if (line !== null && kind !== "hold" && posted.amountMinor > leftMinor) throw BEYOND_HOLD;
}
