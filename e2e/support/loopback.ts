const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Whether a request stays on this machine. `data:`, `blob:` and the like have no host and go nowhere. */
export const isHere = (url: URL): boolean => url.hostname === "" || LOOPBACK.has(url.hostname);
