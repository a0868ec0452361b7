import { expect, test } from "vitest";
import { explore, LANES } from "@/local/testing/model/explore";
import { orderStep } from "@/local/testing/model/orders-commands";
import { runOrdersSequence } from "@/local/testing/model/orders-run";
import { makeProducts } from "@/local/testing/model/orders-world";

const SEQUENCES = 1_000;
const TIMEOUT_MS = 300_000;

test(
  "whatever is done in whatever order, also two things at once, orders, cards and money are the model's",
  async () => {
    // A refusal closes a product for everybody, so each lane has its own.
    const productIds = await Promise.all(Array.from({ length: LANES }, () => makeProducts()));
    const ran = await explore({
      command: orderStep,
      sequences: SEQUENCES,
      run: (lane, steps) => runOrdersSequence(productIds[lane] ?? [], steps),
    });
    console.log(`orders: ${ran.sequences} sequences, ${ran.commands} steps`);
    expect(ran.sequences).toBeGreaterThanOrEqual(SEQUENCES);
  },
  TIMEOUT_MS,
);
