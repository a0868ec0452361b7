/** The portal's API as a partner's browser uses it, for flows that need many calls. */
export class PortalApi {
  private cookie = "";

  constructor(private readonly origin: string) {}

  async signIn(email: string, password: string): Promise<void> {
    const response = await this.call("POST", "/api/auth/sign-in/email", { email, password });
    if (!response.ok) throw new Error(`Sign-in of ${email} answered ${response.status}: ${await response.text()}`);
    this.cookie = response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(";")[0])
      .join("; ");
  }

  call(method: "GET" | "POST", path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.origin}${path}`, {
      method,
      headers: { origin: this.origin, "content-type": "application/json", cookie: this.cookie, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** The parsed body; throws on anything but a 2xx, with what was said. */
  async json(method: "GET" | "POST", path: string, body?: unknown, headers: Record<string, string> = {}): Promise<unknown> {
    const response = await this.call(method, path, body, headers);
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }
}
