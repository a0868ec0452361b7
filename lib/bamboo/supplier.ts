import { performance } from "node:perf_hooks";
import { asError, log } from "@/lib/log";
import { type Endpoint, longestWindowMs } from "./budgets";
import { type CatalogAnswer, type CatalogQuery, getCatalogPage } from "./catalog-page";
import { getWholeCatalog, type TakeBrands, type WholeAnswer } from "./catalog-whole";
import { type CheckoutAnswer, postCheckout } from "./checkout";
import { departInTurn } from "./depart-in-turn";
import { getExchangeRates, type RatesAnswer } from "./exchange-rates";
import { getOrder, type OrderReading } from "./get-order";
import { giveBack } from "./give-back";
import { type Landed, land } from "./land";
import { getOrdersReport, type OrdersReport } from "./orders-report";
import { productUse, takeProducts } from "./product-places";
import type { Called } from "./request";
import { pauseEndpoint } from "./throttle";
import { type NotNow, type Reserved, reserveTurn, type Turn } from "./turn";
import { type PastCall, warmLimits } from "./warm-limits";

/** One call as it is remembered: no bodies, no codes. */
export interface CallRecord {
  endpoint: Endpoint;
  outcome: string;
  httpStatus: number | null;
  durationMs: number;
  dispatchId?: string;
  productIds?: readonly number[];
}

/** What the supplier's folder needs from outside, since it knows no table. */
export interface SupplierMemory {
  record(call: CallRecord): Promise<void>;
  /** The calls of at least so many last milliseconds, those in flight included. */
  pastCalls(withinMs: number): Promise<PastCall[]>;
  /** Told once for each change, by whoever caused it; `failures` are those in a row. */
  breakerChanged(endpoint: Endpoint, change: "opened" | "closed", failures: number): Promise<unknown>;
}

/** What came of a call: its kind, and how long a 429 asks to wait. */
type Outcome = { kind: string; waitSeconds?: number };
type About = { dispatchId?: string; productIds?: readonly number[] };

/** A call is remembered for longer than it counts. */
const MEMORY_MARGIN_MS = 10_000;
const UNHEALTHY: ReadonlySet<string> = new Set(["unclear", "unknown"]);

const isSuccess = (httpStatus: number | null) => httpStatus !== null && httpStatus >= 200 && httpStatus < 300;

export type Supplier = ReturnType<typeof createSupplier>;

/** Bamboo behind its limits and breakers: reserve a turn, then make the one call it is for, which waits for its moment. */
export function createSupplier(memory: SupplierMemory) {
  const warm = async () => warmLimits(await memory.pastCalls(longestWindowMs() + MEMORY_MARGIN_MS));

  /** What the call told us about the purchase counts even when it cannot be noted for the dashboard or the limits. */
  const noted = async (endpoint: Endpoint, work: Promise<unknown>) => {
    try {
      await work;
    } catch (thrown) {
      log.error("A supplier call could not be noted", { endpoint, err: asError(thrown) });
    }
  };

  const tell = async (endpoint: Endpoint, landed: Promise<Landed>) => {
    const { change, failures } = await landed;
    if (change) await memory.breakerChanged(endpoint, change, failures);
  };

  /** Waits for the turn's moment, calls, and hands on what the call taught. */
  async function inTurn<T extends Called>(
    { about = {}, ...turn }: Turn & { about?: About },
    call: () => Promise<T>,
    outcomeOf: (answer: T) => Outcome,
  ): Promise<T | NotNow> {
    const { endpoint, ticket } = turn;
    const departure = await departInTurn(turn, about.productIds ?? []);
    if (departure.kind === "not_now") return departure;
    const sentAfterMs = performance.now() - departure.grantedAt;
    const answer = await call();
    const { kind, waitSeconds = 0 } = outcomeOf(answer);
    const { httpStatus, durationMs, wayMs } = answer;
    const landed = land({
      endpoint,
      ticket,
      ...(about.productIds ? { productIds: [...new Set(about.productIds)] } : {}),
      // A refusal may come at once where an acceptance takes its time: it would pass for a short way.
      ...(wayMs === null || !isSuccess(httpStatus) ? {} : { took: { tookMs: sentAfterMs + wayMs, wayMs } }),
      healthy: !UNHEALTHY.has(kind),
      throttledMs: waitSeconds * 1_000,
    });
    await Promise.all([
      noted(endpoint, memory.record({ endpoint, outcome: kind, httpStatus, durationMs, ...about })),
      noted(endpoint, tell(endpoint, landed)),
    ]);
    return answer;
  }

  return {
    /** The next moment of an endpoint; a wait beyond `maxWaitMs` is answered, not reserved. Throws when Redis cannot be reached. */
    reserve: (endpoint: Endpoint, maxWaitMs: number): Promise<Reserved> => reserveTurn(endpoint, maxWaitMs, warm),

    /** Holds a place of each product for the turn; answers in how many milliseconds those have one that have none by then. */
    async takeProducts(turn: Turn, productIds: readonly number[]): Promise<Map<number, number>> {
      const wanted = [...new Set(productIds)];
      const full = await takeProducts(turn, wanted);
      for (const id of wanted) if (!full.has(id)) turn.held.add(id);
      return full;
    },

    /** Frees what an unused turn has. One whose call was sent keeps it. */
    giveBack: (turn: Turn, productIds: readonly number[] = []): Promise<void> =>
      giveBack(turn, [...new Set([...turn.held, ...productIds])]),

    /** How many milliseconds ago each product was ordered in its window, newest first; negative is still ahead. */
    productUse,

    /** Stops an endpoint for every instance. */
    pause: pauseEndpoint,

    checkout(turn: Turn, requestId: string, body: string, productIds: readonly number[]): Promise<CheckoutAnswer | NotNow> {
      const about = { dispatchId: requestId, productIds };
      return inTurn(
        { ...turn, about },
        () => postCheckout(requestId, body),
        ({ outcome }) => outcome,
      );
    },

    async order(turn: Turn, requestId: string): Promise<OrderReading | NotNow> {
      const told = await inTurn(
        { ...turn, about: { dispatchId: requestId } },
        () => getOrder(requestId),
        ({ reading }) => reading,
      );
      return "reading" in told ? told.reading : told;
    },

    async catalogPage(turn: Turn, query: CatalogQuery): Promise<CatalogAnswer | NotNow> {
      const told = await inTurn(
        turn,
        () => getCatalogPage(query),
        ({ answer }) => answer,
      );
      return "answer" in told ? told.answer : told;
    },

    /** All of the v1 catalogue, handed on in batches. Its own limit, two an hour, is the caller's; what `take` throws is thrown on. */
    async wholeCatalog(turn: Turn, take: TakeBrands): Promise<WholeAnswer | NotNow> {
      const told = await inTurn(
        turn,
        () => getWholeCatalog(take),
        // A 429 of the whole asks for most of an hour, which is no reason to hold up single products.
        ({ answer, failure }) => (failure ? { kind: "unwritten" } : { kind: answer.kind }),
      );
      if (!("answer" in told)) return told;
      if (told.failure) throw told.failure;
      return told.answer;
    },

    async rates(turn: Turn, base: string): Promise<RatesAnswer | NotNow> {
      const told = await inTurn(
        turn,
        () => getExchangeRates(base),
        ({ answer }) => answer,
      );
      return "answer" in told ? told.answer : told;
    },

    /** What was bought on one day, `YYYY-MM-DD`. */
    async ordersReport(turn: Turn, day: string): Promise<OrdersReport | NotNow> {
      const told = await inTurn(
        turn,
        () => getOrdersReport(day),
        ({ report }) => report,
      );
      return "report" in told ? told.report : told;
    },
  };
}
