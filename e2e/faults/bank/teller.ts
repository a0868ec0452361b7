/** Longer than a database's return; an answer later than this counts as lost. */
const ANSWER_TIMEOUT_MS = 8_000;

export interface Answer {
  status: number;
  text: string;
  replayed: boolean;
}

/** One signed-in person of a partner. An answer that is lost, by a cut or by lateness, is null: nothing is known of what it was to. */
export class Teller {
  private cookie = "";

  constructor(private readonly origin: string) {}

  async signIn(email: string, password: string): Promise<void> {
    const response = await this.send("POST", "/api/auth/sign-in/email", { email, password });
    if (!response.ok) throw new Error(`Sign-in of ${email} answered ${response.status}: ${await response.text()}`);
    this.cookie = response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(";")[0])
      .join("; ");
  }

  async ask(method: "GET" | "POST", path: string, body?: unknown, key?: string): Promise<Answer | null> {
    try {
      const response = await this.send(method, path, body, key === undefined ? {} : { "idempotency-key": key });
      const text = await response.text();
      return { status: response.status, text, replayed: response.headers.get("idempotent-replayed") === "true" };
    } catch (error) {
      if (isLost(error)) return null;
      throw error;
    }
  }

  private send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.origin}${path}`, {
      method,
      headers: { origin: this.origin, "content-type": "application/json", cookie: this.cookie, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
  }
}

/** `fetch` says so by a TypeError, or by the signal's own. */
function isLost(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof DOMException && error.name === "TimeoutError");
}
