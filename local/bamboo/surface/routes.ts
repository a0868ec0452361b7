import { faultSchema } from "../faults/rules";
import { json, type Reply } from "../http/reply";
import { changeModes } from "../modes";
import type { Sandbox } from "../sandbox";
import { changeAccount, changeClock, changeProduct, endOrder } from "./change";
import { orderView, readLedger, readStats } from "./read";
import { controlSchemas } from "./schemas";

export interface ControlCall {
  sandbox: Sandbox;
  params: string[];
  query: URLSearchParams;
  body: unknown;
}

interface ControlRoute {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  path: RegExp;
  answer: (call: ControlCall) => Reply;
}

const done = () => json(200, { ok: true });
const missing = (what: string) => json(404, { error: `There is no such ${what}.` });

const reads: ControlRoute[] = [
  { method: "GET", path: /^\/health$/, answer: done },
  { method: "GET", path: /^\/stats$/, answer: ({ sandbox }) => json(200, readStats(sandbox)) },
  { method: "GET", path: /^\/violations$/, answer: ({ sandbox }) => json(200, sandbox.world.state.violations) },
  { method: "GET", path: /^\/ledger$/, answer: ({ sandbox }) => json(200, readLedger(sandbox)) },
  { method: "GET", path: /^\/modes$/, answer: ({ sandbox }) => json(200, sandbox.modes) },
  { method: "GET", path: /^\/faults$/, answer: ({ sandbox }) => json(200, sandbox.faults.list()) },
  {
    method: "GET",
    path: /^\/arrivals$/,
    answer: ({ sandbox, query }) => {
      const endpoint = query.get("endpoint");
      const arrivals = sandbox.stats.arrivals.filter((arrival) => endpoint === null || arrival.endpoint === endpoint);
      return json(
        200,
        arrivals.sort((left, right) => left.atMs - right.atMs),
      );
    },
  },
  {
    method: "GET",
    path: /^\/orders$/,
    answer: ({ sandbox }) =>
      json(
        200,
        [...sandbox.world.state.orders.values()].map((order) => orderView(sandbox, order)),
      ),
  },
  {
    method: "GET",
    path: /^\/orders\/([^/]+)$/,
    answer: ({ sandbox, params }) => {
      const order = sandbox.world.state.orders.get((params[0] ?? "").toLowerCase());
      return order ? json(200, orderView(sandbox, order)) : missing("order");
    },
  },
];

const scripting: ControlRoute[] = [
  { method: "POST", path: /^\/faults$/, answer: ({ sandbox, body }) => json(200, sandbox.faults.add(faultSchema.parse(body))) },
  {
    method: "DELETE",
    path: /^\/faults(?:\/(\d+))?$/,
    answer: ({ sandbox, params }) => {
      sandbox.faults.remove(params[0] === undefined ? undefined : Number(params[0]));
      return done();
    },
  },
  {
    method: "PATCH",
    path: /^\/modes$/,
    answer: ({ sandbox, body }) => {
      sandbox.modes = changeModes(sandbox.modes, { ...(typeof body === "object" ? body : {}) });
      return json(200, sandbox.modes);
    },
  },
  {
    method: "POST",
    path: /^\/limits$/,
    answer: ({ sandbox, body }) => {
      const { endpoint, factor, forMs } = controlSchemas.limit.parse(body);
      sandbox.limiter.adjust({ endpoint: endpoint ?? null, factor, untilMs: sandbox.clock.now() + forMs });
      return done();
    },
  },
  {
    method: "DELETE",
    path: /^\/limits$/,
    answer: ({ sandbox }) => {
      sandbox.limiter.reset();
      return done();
    },
  },
  {
    method: "POST",
    path: /^\/clock$/,
    answer: ({ sandbox, body }) => {
      changeClock(sandbox, controlSchemas.clock.parse(body));
      return json(200, { nowMs: sandbox.clock.now(), frozen: sandbox.clock.frozen });
    },
  },
  {
    method: "POST",
    path: /^\/reset$/,
    answer: ({ sandbox }) => {
      sandbox.reset();
      return done();
    },
  },
];

const world: ControlRoute[] = [
  {
    method: "POST",
    path: /^\/products$/,
    answer: ({ sandbox, body }) => (changeProduct(sandbox, controlSchemas.product.parse(body)) ? done() : missing("product")),
  },
  {
    method: "POST",
    path: /^\/accounts$/,
    answer: ({ sandbox, body }) => {
      changeAccount(sandbox, controlSchemas.account.parse(body));
      return done();
    },
  },
  {
    method: "POST",
    path: /^\/rates$/,
    answer: ({ sandbox, body }) => {
      sandbox.record({ t: "rate", ...controlSchemas.rate.parse(body) });
      return done();
    },
  },
  {
    method: "POST",
    path: /^\/orders\/([^/]+)\/ending$/,
    answer: ({ sandbox, params, body }) => {
      const order = sandbox.world.state.orders.get((params[0] ?? "").toLowerCase());
      return endOrder(sandbox, order, controlSchemas.ending.parse(body)) ? done() : missing("open order");
    },
  },
  {
    method: "POST",
    path: /^\/webhook$/,
    answer: ({ sandbox, body }) => {
      const { url, secret } = controlSchemas.webhook.parse(body);
      sandbox.webhook.configure(url, secret);
      return done();
    },
  },
  {
    method: "POST",
    path: /^\/webhook\/rotation$/,
    answer: ({ sandbox, body }) => {
      sandbox.webhook.rotate(controlSchemas.rotation.parse(body).secret, sandbox.clock.now());
      return done();
    },
  },
  {
    method: "POST",
    path: /^\/webhook\/announcement$/,
    answer: ({ sandbox, body }) => {
      sandbox.pushes.announceProducts(controlSchemas.announcement.parse(body).productIds);
      return done();
    },
  },
];

/** Everything the control surface answers, below `/_control`. */
export const controlRoutes: readonly ControlRoute[] = [...reads, ...scripting, ...world];
