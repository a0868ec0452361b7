import { hashedFraction } from "../random";
import { divideHalfEven, RATE_SCALE } from "./amount";

const HOUR_MS = 3_600_000;
/** Rates are published with at most six decimals, so a pegged rate derived from one keeps its peg exactly. */
const SIX_DECIMALS = 1_000_000;
/** A free rate stays within this share of its middle. */
const WOBBLE = 0.004;

/** Units of the currency for one US dollar, the middle around which the hourly rate moves. */
const middles: Record<string, number> = {
  EUR: 0.871483,
  GBP: 0.7552,
  TRY: 42.35,
  INR: 88.61,
  PKR: 281.5,
  BDT: 121.8,
  JPY: 154.9,
  KRW: 1462.3,
  CNY: 7.1184,
  HKD: 7.7812,
  SGD: 1.3038,
  MYR: 4.1465,
  IDR: 16712.4,
  THB: 32.41,
  PHP: 58.92,
  VND: 26348.0,
  AUD: 1.5391,
  NZD: 1.7688,
  CAD: 1.4052,
  MXN: 18.36,
  BRL: 5.3241,
  ARS: 1421.5,
  CLP: 934.8,
  COP: 3741.2,
  PEN: 3.3725,
  ZAR: 17.182,
  NGN: 1441.7,
  KES: 129.25,
  GHS: 10.94,
  MAD: 9.2813,
  PLN: 3.6912,
  CZK: 21.14,
  HUF: 334.6,
  RON: 4.4307,
  SEK: 9.5172,
  NOK: 10.0914,
  CHF: 0.8041,
  UAH: 42.06,
  EGP: 47.31,
  TWD: 31.08,
  ILS: 3.2415,
  KWD: 0.30655,
};
/** Currencies held to the dollar: these never move. */
const dollarPegs: Record<string, number> = { USD: 1, AED: 3.6725, SAR: 3.75, QAR: 3.64, BHD: 0.376, OMR: 0.3845, JOD: 0.709 };
/** Held to the euro: they move with it. */
const euroPegs: Record<string, number> = { XAF: 655.957, XOF: 655.957, DKK: 7.46 };

/** The exchange rates of each hour, the same for the same seed, with overrides from the control surface. */
export class RateTable {
  readonly overrides = new Map<string, number>();
  private readonly swings = new Map<string, number>();
  private swingsHour = Number.NaN;

  constructor(
    private readonly seed: number,
    private readonly now: () => number,
  ) {}

  get currencies(): string[] {
    return [...new Set([...knownCurrencies, ...this.overrides.keys()])].sort();
  }

  /** Units of `to` for one unit of `from`, scaled by RATE_SCALE; null for an unknown currency. */
  between(from: string, to: string): number | null {
    const fromPerUsd = this.perUsd(from);
    const toPerUsd = this.perUsd(to);
    if (fromPerUsd === null || toPerUsd === null) return null;
    return Number(divideHalfEven(BigInt(toPerUsd) * BigInt(RATE_SCALE), BigInt(fromPerUsd)));
  }

  private perUsd(currency: string): number | null {
    const forced = this.overrides.get(currency);
    if (forced !== undefined) return Math.round(forced * RATE_SCALE);
    const fixed = dollarPegs[currency];
    if (fixed !== undefined) return Math.round(fixed * RATE_SCALE);
    const euros = euroPegs[currency];
    if (euros !== undefined) return this.euroPegged(euros);
    const middle = middles[currency];
    if (middle === undefined) return null;
    return Math.round(middle * this.swingOf(currency) * SIX_DECIMALS) * (RATE_SCALE / SIX_DECIMALS);
  }

  /** The factor of that currency in this hour, kept until the next: a page of the catalogue asks for it thousands of times. */
  private swingOf(currency: string): number {
    const hour = Math.floor(this.now() / HOUR_MS);
    if (hour !== this.swingsHour) this.swings.clear();
    this.swingsHour = hour;
    const known = this.swings.get(currency);
    if (known !== undefined) return known;
    const swing = 1 + (hashedFraction(this.seed, currency, hour) * 2 - 1) * WOBBLE;
    this.swings.set(currency, swing);
    return swing;
  }

  private euroPegged(perEuro: number): number {
    const euro = BigInt(this.perUsd("EUR") ?? 0);
    return Number(divideHalfEven(euro * BigInt(Math.round(perEuro * SIX_DECIMALS)), BigInt(SIX_DECIMALS)));
  }
}

const knownCurrencies = [middles, dollarPegs, euroPegs].flatMap((table) => Object.keys(table));
