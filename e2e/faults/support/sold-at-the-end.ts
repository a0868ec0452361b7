import { sleep } from "@/lib/clock";
import { sandbox } from "@/local/testing/factories";

const MAX_TURNS = 300;
const TURN_MS = 300;

/** The supplier's orders once it has ended them all. */
export async function soldAtTheEnd() {
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const orders = await sandbox().orders();
    if (orders.every(({ final }) => final)) return orders;
    await sleep(TURN_MS);
  }
  throw new Error("The supplier did not end its orders");
}
