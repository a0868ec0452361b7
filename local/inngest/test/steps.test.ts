import { type FailureEventArgs, NonRetriableError, RetryAfterError } from "inngest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { InngestServer } from "../start";
import { pause, until } from "./until";
import { type App, createClient, type Database, mount, openApp, runsOf, start, startDatabase } from "./world";

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

describe.each([true, false])("a run, with checkpointing %s", (checkpointing) => {
  let app: App;
  let server: InngestServer;
  let client: ReturnType<typeof createClient>;
  /** What ran, by the `k` of the event. */
  const ran: string[] = [];
  const seen = (k: unknown) => ran.filter((line) => line.startsWith(`${k} `)).map((line) => line.slice(String(k).length + 1));
  const prefix = checkpointing ? "on" : "off";
  const name = (suffix: string) => `${prefix}/${suffix}`;

  async function finished(
    eventName: string,
    data: Record<string, unknown>,
  ): Promise<{ status: string; output: unknown; run_id: string }> {
    const { ids } = await client.send({ name: name(eventName), data });
    return until(`the end of ${eventName}`, async () =>
      (await runsOf(server.url, ids[0])).find(({ ended_at }) => ended_at !== null),
    );
  }

  beforeAll(async () => {
    app = await openApp();
    server = await start(database.url, { appUrls: [app.url] });
    client = createClient(`steps-${prefix}`, server.url, checkpointing);
    const note = (k: unknown, line: string) => ran.push(`${k} ${line}`);
    const callee = client.createFunction({ id: "callee", triggers: [{ event: name("callee") }], retries: 0 }, ({ event }) => {
      if (event.data.fail) throw new NonRetriableError("callee broke");
      return { doubled: event.data.n * 2 };
    });
    mount(app, client, [
      callee,
      client.createFunction({ id: "sequence", triggers: [{ event: name("sequence") }] }, async ({ event, step }) => {
        const k = event.data.k;
        const a = await step.run("a", () => {
          note(k, "a");
          return { text: "a\u0000b\"'\\", when: 1.5 };
        });
        await step.sleep("nap", "1s");
        await step.sleepUntil("later", new Date(Date.now() - 1000));
        const same = [];
        for (let i = 0; i < 3; i += 1) same.push(await step.run("loop", () => note(k, `loop${i}`) && i));
        return { a, same, id: event.id, user: event.user };
      }),
      client.createFunction({ id: "parallel", triggers: [{ event: name("parallel") }] }, async ({ event, step }) => {
        const k = event.data.k;
        const [x, y, z] = await Promise.all([
          step.run("x", () => note(k, "x") && 1),
          step.run("y", () => note(k, "y") && 2),
          step.sleep("z", "1s").then(() => 3),
        ]);
        const after = await step.run("after", () => note(k, "after") && 4);
        return [x, y, z, after];
      }),
      client.createFunction(
        { id: "errors", triggers: [{ event: name("errors") }], retries: 2 },
        async ({ event, step, attempt }) => {
          const k = event.data.k;
          const flaky = await step.run("flaky", () => {
            note(k, `flaky${attempt}`);
            if (attempt < 2) throw new Error("not yet");
            return attempt;
          });
          const caught = await step
            .run("broken", () => {
              note(k, `broken${attempt}`);
              throw new TypeError("for good");
            })
            .catch((error: Error) => error.message);
          const refused = await step
            .run("refused", () => {
              note(k, "refused");
              throw new NonRetriableError("at once");
            })
            .catch((error: Error) => error.message);
          return { flaky, caught, refused };
        },
      ),
      client.createFunction(
        {
          id: "fails",
          triggers: [{ event: name("fails") }],
          retries: 1,
          onFailure: ({ event, error }: FailureEventArgs) => {
            note(event.data.event.data.k, `failure ${error.message} ${event.data.function_id} ${event.data.error.name}`);
          },
        },
        ({ event, attempt }) => {
          note(event.data.k, `attempt${attempt}`);
          throw new RangeError("broken function");
        },
      ),
      client.createFunction({ id: "later", triggers: [{ event: name("later") }], retries: 1 }, ({ event, attempt }) => {
        note(event.data.k, `${attempt} at ${Date.now()}`);
        if (attempt === 0) throw new RetryAfterError("wait a little", 2000);
        return "done";
      }),
      client.createFunction({ id: "waits", triggers: [{ event: name("waits") }] }, async ({ event, step }) => {
        note(event.data.k, "waiting");
        const hit = await step.waitForEvent("hit", {
          event: name("hit"),
          timeout: "1m",
          if: "async.data.order == event.data.order && (async.data.n > 2 || async.data.ok == true)",
        });
        const matched = await step.waitForEvent("miss", { event: name("miss"), timeout: "1s", match: "data.order" });
        return { hit: hit?.data.n, matched };
      }),
      client.createFunction({ id: "refused-wait", triggers: [{ event: name("refused-wait") }] }, async ({ step }) => {
        await step.waitForEvent("odd", { event: name("hit"), timeout: "1m", if: "async.data.list.exists(x, x == 1)" });
      }),
      client.createFunction({ id: "invokes", triggers: [{ event: name("invokes") }] }, async ({ event, step }) => {
        const good = await step.invoke("good", { function: callee, data: { n: event.data.n } });
        const bad = await step.invoke("bad", { function: callee, data: { fail: true } }).catch((error: Error) => error.message);
        const { ids } = await step.sendEvent("send", [{ name: name("callee"), data: { n: 1 } }]);
        return { good, bad, sent: ids.length };
      }),
      client.createFunction({ id: "race", triggers: [{ event: name("race") }] }, async ({ group, step }) => {
        const first = await group.parallel({ mode: "race" }, () =>
          Promise.race([
            step.run("quick", () => "quick"),
            step.waitForEvent("slow", { event: name("never"), timeout: "1s" }).then(() => "slow"),
          ]),
        );
        return step.run("then", () => note("race", `then ${Date.now()}`) && `${first} won`);
      }),
      client.createFunction(
        {
          id: "finished",
          triggers: [{ event: "inngest/function.finished", if: `event.data.function_id == 'steps-${prefix}-callee'` }],
        },
        ({ event }) => {
          note("finished", String(event.data._inngest.status));
        },
      ),
      client.createFunction({ id: "poison", triggers: [{ event: name("poison") }] }, async ({ event, step }) => {
        await step.run({ id: "nul", name: "a\u0000b" }, () => note(event.data.k, "ran"));
      }),
      client.createFunction({ id: "signal", triggers: [{ event: name("signal") }] }, async ({ step }) => {
        await step.waitForSignal("odd", { signal: "s", timeout: "1m" });
      }),
    ]);
    await until(
      "the registration",
      async () => (await database.query("select 1 from inngest.apps where name = $1", [client.id])).length === 1,
    );
  });
  afterAll(async () => {
    await server.stop();
    await app.close();
  });

  it("memoises steps in turn, sleeps, and keeps values as they were", async () => {
    const run = await finished("sequence", { k: "s1" });
    expect(run.status).toBe("Completed");
    expect(run.output).toMatchObject({ a: { text: "a\u0000b\"'\\", when: 1.5 }, same: [0, 1, 2], user: {} });
    expect(seen("s1")).toEqual(["a", "loop0", "loop1", "loop2"]);
  });

  it("runs parallel steps once each and goes on when all are in", async () => {
    const run = await finished("parallel", { k: "p1" });
    expect(run.output).toEqual([1, 2, 3, 4]);
    expect(seen("p1").sort()).toEqual(["after", "x", "y"]);
  });

  it("counts attempts for each step, and lets code catch a step that failed for good", async () => {
    const run = await finished("errors", { k: "e1" });
    expect(run.output).toEqual({ flaky: 2, caught: "for good", refused: "at once" });
    expect(seen("e1")).toEqual(["flaky0", "flaky1", "flaky2", "broken0", "broken1", "broken2", "refused"]);
  });

  it("fails after the last attempt and calls onFailure with the error", async () => {
    const run = await finished("fails", { k: "f1" });
    expect(run).toMatchObject({ status: "Failed", output: { name: "RangeError", message: "broken function" } });
    await until("onFailure", () => seen("f1").length === 3);
    expect(seen("f1")).toEqual(["attempt0", "attempt1", `failure broken function steps-${prefix}-fails RangeError`]);
  });

  it("obeys retry-after, to the start of the second as production does", async () => {
    await finished("later", { k: "l1" });
    const [first = "", second = ""] = seen("l1").map((line) => line.split(" at ")[1] ?? "");
    expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(990);
    expect(Number(second) - Number(first)).toBeLessThan(2500);
  });

  it("wakes a wait only by an event that meets its condition, and ends it at its timeout", async () => {
    const { ids } = await client.send({ name: name("waits"), data: { k: "w1", order: 7 } });
    await until(
      "the wait",
      async () => (await database.query("select 1 from inngest.pauses where event_name = $1", [name("hit")])).length === 1,
    );
    await client.send({ name: name("hit"), data: { order: 8, n: 5 } });
    await client.send({ name: name("hit"), data: { order: 7, n: 1 } });
    await client.send({ name: name("hit"), data: { order: 7, n: 3 } });
    const run = await until("the end", async () => (await runsOf(server.url, ids[0])).find(({ ended_at }) => ended_at !== null));
    expect(run.output).toEqual({ hit: 3, matched: null });
  });

  it("fails a run whose wait has a condition outside the subset, naming it", async () => {
    const run = await finished("refused-wait", {});
    expect(run.status).toBe("Failed");
    expect(run.output).toMatchObject({ message: expect.stringContaining("exists() is not part of the subset") });
  });

  it("fails a run that uses a tool this server does not carry out, naming it", async () => {
    const run = await finished("signal", {});
    expect(run).toMatchObject({ status: "Failed", output: { message: expect.stringContaining("WaitForSignal") } });
  });

  it("fails a run whose answer cannot be stored, instead of making the call without end", async () => {
    const run = await finished("poison", { k: "n1" });
    expect(run).toMatchObject({ status: "Failed", output: { message: expect.stringContaining("could not be stored") } });
    expect(seen("n1").length).toBeLessThanOrEqual(2);
  });

  it("invokes another function for its result or its error, and sends events from a step", async () => {
    const run = await finished("invokes", { n: 21 });
    expect(run.output).toEqual({ good: { doubled: 42 }, bad: "callee broke", sent: 1 });
    await until("three ends of the callee", () => seen("finished").length === 3);
    expect(seen("finished").sort()).toEqual(["Completed", "Completed", "Failed"]);
  });

  it("goes on with the first of a race", async () => {
    const startedMs = Date.now();
    const run = await finished("race", {});
    expect(run.output).toBe("quick won");
    // The SDK reports the loser until it is done, so the run ends with it; the step after the race came before.
    expect(Number(seen("race").at(-1)?.split(" ")[1]) - startedMs).toBeLessThan(900);
  });

  it("leaves nothing in the queue behind", async () => {
    await pause(50);
    expect(
      await database.query(
        "select kind, step_id from inngest.queue q join inngest.runs r on r.id = q.run_id where r.ended_ms is not null",
      ),
    ).toEqual([]);
  });
});
