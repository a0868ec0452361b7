import { z } from "zod";
import { seededRandom } from "../../local/bamboo/random";
import { startJitterProxy } from "./proxy";

/** The proxy as a process, so that its timers wait for nobody else's work. Runs until whoever started it is gone. */
const SEED = 4;

const order = z.object({ jitterMs: z.number().min(0) });

const proxy = await startJitterProxy({ targetPort: Number(process.env.JITTER_TARGET_PORT), random: seededRandom(SEED) });
process.on("message", (message) => {
  proxy.jitterMs = order.parse(message).jitterMs;
  process.send?.({ jitterMs: proxy.jitterMs });
});
process.on("disconnect", () => process.exit(0));
process.send?.({ ready: true, port: proxy.port });
