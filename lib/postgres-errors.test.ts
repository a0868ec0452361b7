import { Client } from "pg";
import { expect, it } from "vitest";
import { isUnreachable, sqlState, violated } from "./postgres-errors";

const refused = (fields: object) => Object.assign(new Error("refused"), { severity: "ERROR", ...fields });
/** As the query builder wraps what a driver throws. */
const failedQuery = (cause: unknown) => new Error("Failed query: select 'ECONNREFUSED WebSocket'\nparams: ECONNRESET", { cause });

it("reads state and constraint through what a driver wrapped them in", () => {
  const wrapped = failedQuery(refused({ code: "23505", constraint: "cards_pkey" }));
  expect([sqlState(wrapped), violated(wrapped, "cards_pkey"), violated(wrapped, "cards")]).toEqual(["23505", true, false]);
});

it("a refused connection is a database out of reach", async () => {
  const client = new Client({ host: "127.0.0.1", port: 9, connectionTimeoutMillis: 2_000 });
  const error = await client.connect().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(isUnreachable(failedQuery(error))).toBe(true);
});

it.each([
  [failedQuery(refused({ code: "57P01" })), true],
  [failedQuery(refused({ code: "53300" })), true],
  [failedQuery(new Error("Connection terminated unexpectedly")), true],
  [failedQuery(refused({ code: "23505" })), false],
  [failedQuery(refused({ code: "57014" })), false],
  [failedQuery(new Error("canceled")), false],
  [new TypeError("x is not a function"), false],
  [undefined, false],
])("%s: out of reach is %s", (thrown, expected) => {
  expect(isUnreachable(thrown)).toBe(expected);
});
