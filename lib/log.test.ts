import { beforeEach, describe, expect, it, vi } from "vitest";
import { asError, log, scrub } from "./log";

const { lines } = vi.hoisted(() => ({ lines: [] as string[] }));

// The real logger, writing where the test can read it.
vi.mock("pino", async (original) => {
  const real = await original<typeof import("pino")>();
  return {
    ...real,
    pino: (options: import("pino").LoggerOptions) => real.pino(options, { write: (line: string) => void lines.push(line) }),
  };
});

beforeEach(() => {
  lines.length = 0;
});
const written = (): unknown => JSON.parse(lines.at(-1) ?? "null");

const CARD = { code: "AAAA-BBBB-CCCC", pin: "9876", serialNumber: "serial-5555" };

describe("what gets out", () => {
  it("is the message, the level and the fields on the list", () => {
    log.info("Order placed", { orderId: "o1", count: 2, outcome: null, dispatchId: undefined });
    expect(written()).toMatchObject({
      level: "info",
      service: "steller",
      msg: "Order placed",
      orderId: "o1",
      count: 2,
      outcome: null,
    });
    log.warn("Slow");
    expect(written()).toMatchObject({ level: "warn", msg: "Slow" });
    expect(lines).toHaveLength(2);
  });

  it.each(["cardCode", "pin", "serialNumber", "password", "secret", "authorization", "body", "__proto__", "toString"])(
    "is not the field %s",
    (field) => {
      log.error("Something", { orderId: "o1", [field]: "hidden-value" });
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain("o1");
      expect(lines[0]).not.toContain("hidden-value");
    },
  );

  it("is nothing of a card that was logged with the rest", () => {
    log.info("Card stored", { orderId: "o1", ...CARD });
    for (const secret of Object.values(CARD)) expect(lines[0]).not.toContain(secret);
  });

  it("is an error's name, message, stack and cause, and nothing that hangs on it", () => {
    const cause = Object.assign(new TypeError("socket closed"), { card: CARD });
    const err = Object.assign(new Error("The answer was lost", { cause }), { card: CARD, params: [CARD.code] });
    log.error("Failed", { err });
    expect(written()).toMatchObject({
      err: { name: "Error", message: "The answer was lost", stack: err.stack, cause: "TypeError: socket closed" },
    });
    for (const secret of Object.values(CARD)) expect(lines[0]).not.toContain(secret);
  });
});

describe("the parameters of a failed query", () => {
  /** As the query builder words it; a sealed code is bytes, which may hold a line's end. */
  const failed = (cause?: unknown) =>
    Object.assign(new Error(`Failed query: insert into cards\nparams: id,sealed\nbytes,${CARD.code}`, { cause }), {
      params: ["id", CARD.code],
    });

  it("reach no log, however many lines they take and whatever they caused", () => {
    log.error("Failed", { err: failed(failed()) });
    log.error("Failed", { err: new Error("outer", { cause: failed() }) });
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line).toContain("Failed query: insert into cards");
      expect(line).not.toContain(CARD.code);
      expect(line).not.toContain("bytes");
    }
  });

  it("are scrubbed from an error and its causes before it leaves, and the rest stays", () => {
    const error = new Error("outer", { cause: failed(failed(new Error("reset"))) });
    scrub(error);
    let current: unknown = error;
    for (const message of ["outer", "Failed query: insert into cards", "Failed query: insert into cards", "reset"]) {
      if (!(current instanceof Error)) throw new Error("the chain is shorter than it was");
      expect(current.message).toBe(message);
      expect(`${current.stack}${JSON.stringify(current)}`).not.toContain(CARD.code);
      expect(current.stack).toContain("\n    at ");
      current = current.cause;
    }
    expect(() => scrub("text")).not.toThrow();
  });
});

describe("asError", () => {
  it("keeps an error, wraps a text, and names the type of anything else without showing it", () => {
    const error = new RangeError("bad");
    expect(asError(error)).toBe(error);
    expect(asError("lost").message).toBe("lost");
    expect(asError(CARD).message).toBe("Thrown value of type object");
    expect(asError(undefined).message).toBe("Thrown value of type undefined");
  });
});
