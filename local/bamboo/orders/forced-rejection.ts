import type { Act } from "../faults/acts";
import { json, type Reply } from "../http/reply";
import type { Sandbox } from "../sandbox";
import { shortOfFunds } from "./check";
import { rejection, rejectionBody } from "./rejection";

/** The charge that the made-up sentence about missing funds speaks of, in units. */
const PRETENDED_CHARGE = 94_700;

/** A refusal that a fault asks for, in the words a true one would have. */
export function forcedRejection(sandbox: Sandbox, act: Extract<Act, { kind: "reject" }>, productIds: readonly number[]): Reply {
  const sentence = act.message ?? sentenceFor(sandbox, act.reason, productIds);
  return json(
    400,
    rejectionBody(rejection(act.reason, sentence), act.message === undefined ? sandbox.modes.errorForm : "sentence"),
  );
}

function sentenceFor(sandbox: Sandbox, reason: string, productIds: readonly number[]): string | undefined {
  if (reason === "InsufficientBalance") {
    return shortOfFunds({ id: 0, currency: "USD", balance: 0, reserved: 0, isActive: true }, PRETENDED_CHARGE)?.sentence;
  }
  if (reason !== "ProductIsOutOfStock") return undefined;
  const name = sandbox.world.catalog.product(productIds[0] ?? 0)?.name ?? "unknown";
  return `There is not enough stock for product ${name}. Requested: 1. In stock: 0.`;
}
