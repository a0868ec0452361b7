import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { BambooControl } from "./control";
import { type BambooOptions, type BambooSandbox, startBamboo } from "./start";

/** The answer of the API: its status, its body as text, and parsed if it is JSON. */
export interface ApiAnswer<T> {
  status: number;
  text: string;
  body: T;
  headers: Headers;
}

export interface TestBamboo {
  sandbox: BambooSandbox;
  control: BambooControl;
  /** Calls `/api/integration` below the version given in the path. */
  api<T = unknown>(path: string, init?: { method?: string; body?: unknown; authorization?: string }): Promise<ApiAnswer<T>>;
  checkout(
    lines: [productId: number, quantity: number, value: number][],
    accountId?: number,
  ): Promise<ApiAnswer<string> & { requestId: string }>;
}

/** The account in US dollars. */
export const usd = 901001;

const credentials = { clientId: "test-SANDBOX", clientSecret: "test-client-secret", controlToken: "test-control-token" };

/** A sandbox with a small catalogue, which forgets everything and enforces no limits unless told to. */
export async function startTestBamboo(options: Partial<BambooOptions> & { limits?: boolean } = {}): Promise<TestBamboo> {
  const { limits = false, ...rest } = options;
  const sandbox = await startBamboo({ brands: 12, ...credentials, ...rest });
  const control = new BambooControl(sandbox.url, credentials.controlToken);
  if (!limits) await control.setModes({ limitsEnforced: false });
  return { sandbox, control, ...clientOf(sandbox.url) };
}

/** The two ways of calling the API of a sandbox that runs at that address with the credentials of the tests. */
export function clientOf(url: string): Pick<TestBamboo, "api" | "checkout"> {
  const basic = `Basic ${Buffer.from(`${credentials.clientId}:${credentials.clientSecret}`).toString("base64")}`;
  const api: TestBamboo["api"] = async (path, { method = "GET", body, authorization = basic } = {}) => {
    const response = await fetch(`${url}/api/integration${path}`, {
      method,
      headers: { authorization, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, text, body: parse(text), headers: response.headers };
  };
  const checkout: TestBamboo["checkout"] = async (lines, accountId = usd) => {
    const requestId = randomUUID();
    const Products = lines.map(([ProductId, Quantity, Value]) => ({ ProductId, Quantity, Value }));
    const answer = await api<string>("/v1.0/orders/checkout", {
      method: "POST",
      body: { RequestId: requestId, AccountId: accountId, Products },
    });
    return { ...answer, requestId };
  };
  return { api, checkout };
}

export const testCredentials = credentials;

export interface OrderAnswer {
  orderId: number;
  requestId: string;
  status: string;
  total: number;
  errorMessage: string | null;
  currency: string;
  createdDate: string;
  items: {
    productId: number;
    quantity: number;
    productFaceValue: number;
    status?: string;
    cards: {
      id: number;
      cardCode: string;
      serialNumber: string;
      pin: string | null;
      expirationDate: string | null;
      status: string;
    }[];
  }[];
}

export interface Received {
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A server that keeps what it is sent and answers with `status`. */
export async function startReceiver(): Promise<{ url: string; received: Received[]; status: number; stop(): Promise<void> }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString("utf8");
    });
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      response.writeHead(receiver.status, receiver.status === 302 ? { location: "/elsewhere" } : {}).end();
    });
  });
  const receiver = { url: "", received, status: 200, stop: () => new Promise<void>((resolve) => server.close(() => resolve())) };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  receiver.url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/hook`;
  return receiver;
}

const MAX_WAIT_MS = 5000;
const POLL_MS = 10;

/** Waits until the check holds; fails with what was waited for. */
export async function eventually(what: string, check: () => boolean | Promise<boolean>): Promise<void> {
  for (let waitedMs = 0; waitedMs < MAX_WAIT_MS; waitedMs += POLL_MS) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`Waited ${MAX_WAIT_MS} ms in vain: ${what}`);
}

function parse(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // Some answers are not JSON on purpose; their text is there.
  }
}
