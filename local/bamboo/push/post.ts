export interface PostRequest {
  url: string;
  body: string;
  headers: Record<string, string>;
  timeoutMs: number;
  signal: AbortSignal;
  log: (line: string) => void;
}

/** Posts JSON; true for a 2xx in time. A redirect is a failure. */
export async function post({ url, body, headers, timeoutMs, signal, log }: PostRequest): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", ...headers },
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch (error) {
    log(`push to ${url} failed: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}
