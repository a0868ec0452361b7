import { startTripProxy, type TripProxy } from "./trip-proxy";

/**
 * Leads this process's database driver through a proxy. The driver reads its address once, so this comes before the first query; a
 * connection that it opened earlier would pass the proxy by.
 */
export async function putDatabaseBehindProxy(): Promise<TripProxy> {
  const gateUrl = process.env.DATABASE_WS_PROXY;
  if (!gateUrl) throw new Error("DATABASE_WS_PROXY is not set: start the stand-ins first, and take over their environment.");
  const proxy = await startTripProxy({ targetPort: Number(new URL(gateUrl).port) });
  process.env.DATABASE_WS_PROXY = `ws://127.0.0.1:${proxy.port}`;
  return proxy;
}
