import { BambooControl } from "@/local/bamboo/control";
import { theRunning } from "./running";

/** The control surface of the sandbox behind the portal under test. */
export function supplier(): BambooControl {
  const { env, urls } = theRunning();
  return new BambooControl(urls.bamboo, env.BAMBOO_CONTROL_TOKEN ?? "");
}
