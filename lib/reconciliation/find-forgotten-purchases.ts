import type { ReportedPurchase } from "@/lib/bamboo";
import { sleep } from "@/lib/clock";
import { supplier } from "@/lib/supplier";
import { type ForgottenSum, sumForgottenPurchases } from "./forgotten-purchases";
import { recordPurchases } from "./record-purchases";
import { recoveryDays, today } from "./recovery-days";

/** What one day's report told. */
export interface DayRead {
  day: string;
  purchases: number;
  /** With a dispatch here. */
  known: number;
  /** Without one: written down, and never posted while the report is believed. */
  unknown: number;
  /** Known ones that are still open here: they are asked about at once. */
  asked: number;
  /** Rows without a RequestId: not ours, or bought by hand. */
  unnamed: number;
}

export interface FoundPurchases extends Omit<DayRead, "day"> {
  days: number;
  /** What is forgotten now, by currency, this run's and earlier ones'. */
  forgotten: ForgottenSum[];
}

const BATCH = 500;
const MAX_TURN_WAIT_MS = 10_000;
const MAX_TRIES = 8;
/** The longest wait between two tries; a pause of the endpoint may ask for more, and then people must come back. */
const MAX_PAUSE_MS = 60_000;

/**
 * For a database that was put back to an earlier state: reads the supplier's report day by day and writes down each purchase that has no
 * dispatch here, so that its order, when the partner sends it again, is asked about and not bought again. Safe to repeat: a purchase is
 * written once. Throws `invalid_input` for days that cannot be, and an error naming the day whose report could not be read; the days
 * before it are written by then.
 */
export async function findForgottenPurchases(
  window: { sinceDay: string; untilDay: string },
  onDay: (read: DayRead) => void = () => undefined,
): Promise<FoundPurchases> {
  const days = recoveryDays(window, today());
  const all = { purchases: 0, known: 0, unknown: 0, asked: 0, unnamed: 0 };
  for (const day of days) {
    const { purchases, unnamed } = await readReport(day);
    const read = { day, purchases: purchases.length, known: 0, unknown: 0, asked: 0, unnamed };
    for (let start = 0; start < purchases.length; start += BATCH) {
      const { unknown, asked } = await recordPurchases(day, purchases.slice(start, start + BATCH));
      read.unknown += unknown;
      read.asked += asked;
    }
    read.known = read.purchases - read.unknown;
    for (const key of ["purchases", "known", "unknown", "asked", "unnamed"] as const) all[key] += read[key];
    onDay(read);
  }
  return { ...all, days: days.length, forgotten: await sumForgottenPurchases() };
}

/** Asks within the budget, and again where the supplier is busy or unclear. */
async function readReport(day: string): Promise<{ purchases: ReportedPurchase[]; unnamed: number }> {
  let why = "";
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const reserved = await supplier().reserve("ordersReport", MAX_TURN_WAIT_MS);
    const report = reserved.kind === "turn" ? await supplier().ordersReport(reserved.turn, day) : reserved;
    if (report.kind === "report") return report;
    if (report.kind === "not_now") {
      why = "the supplier is paused or does not answer";
      await sleep(Math.min(report.waitMs, MAX_PAUSE_MS));
      continue;
    }
    why = report.kind === "throttled" ? `the supplier asks for ${report.waitSeconds} s of quiet` : report.cause;
  }
  throw new Error(
    `The supplier's report of ${day} could not be read (${why}). What came before is kept: run it again from ${day}.`,
  );
}
