import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { attempts, dispatches } from "@/drizzle/schema";
import { magicProducts } from "@/local/bamboo/magic";
import { sandbox } from "@/local/testing/factories";
import { alertsAbout, claimed, drive, FUNDS_MINOR, PRICE_MINOR, passTime, stateOf } from "@/local/testing/model/purchases";

const MINUTE_SECONDS = 60;
const DAY_SECONDS = 24 * 60 * MINUTE_SECONDS;
/** Three posts in all: more failures in a row would open the breaker for other suites too. */
const WAITS_SECONDS = [MINUTE_SECONDS, 20 * MINUTE_SECONDS, 30 * DAY_SECONDS];
const TIMEOUT_MS = 90_000;

test(
  "nothing is given back and nothing bought twice, however long the supplier is silent; its late answer ends it",
  async () => {
    const order = await claimed(2, magicProducts.callbackNeverComes.id);
    const { dispatchId: requestId } = order;
    const control = sandbox();
    // The first request is taken in and its answer lost; the others do not even arrive; and a read finds nothing.
    const checkout = { endpoint: "checkout", requestId } as const;
    await control.addFault({ ...checkout, act: { kind: "cutAfter" } });
    const lost = await control.addFault({ ...checkout, skip: 1, times: null, act: { kind: "cutBefore" } });
    const unknown = await control.addFault({
      endpoint: "order",
      requestId,
      times: null,
      act: { kind: "reject", reason: "OrderNotFound" },
    });
    const inDoubt = {
      status: "confirming",
      cards: 0,
      returnedMinor: 0,
      available: FUNDS_MINOR - 2 * PRICE_MINOR,
      held: 2 * PRICE_MINOR,
    };
    await drive(requestId);
    expect(await stateOf(order)).toMatchObject(inDoubt);
    for (const seconds of WAITS_SECONDS) {
      await passTime(requestId, seconds);
      await drive(requestId);
      expect(await stateOf(order), `after another ${seconds} s of silence`).toMatchObject(inDoubt);
    }
    const tries = await db().select().from(attempts).where(eq(attempts.dispatchId, requestId));
    expect(tries.length).toBeGreaterThan(1);
    expect(new Set(tries.map(({ outcome }) => outcome))).toEqual(new Set(["unknown"]));
    expect(await alertsAbout(requestId)).toMatchObject([{ kind: "dispatch.in_doubt", open: true }]);

    for (const { id } of [lost, unknown]) await control.removeFault(id);
    await passTime(requestId, MINUTE_SECONDS);
    await drive(requestId);
    expect(await stateOf(order)).toEqual({
      status: "completed",
      delivered: 2,
      cards: 2,
      returnedMinor: 0,
      available: FUNDS_MINOR - 2 * PRICE_MINOR,
      held: 0,
      story: ["accepted", "claimed", "confirming", "placed", "completed"],
    });
    expect(await control.order(requestId)).toMatchObject({ sold: 2 });
    expect(await alertsAbout(requestId)).toMatchObject([{ kind: "dispatch.in_doubt", open: false }]);
    const [dispatch] = await db().select().from(dispatches).where(eq(dispatches.id, requestId));
    expect(dispatch).toMatchObject({ status: "settled", inDoubtSince: null });
  },
  TIMEOUT_MS,
);
