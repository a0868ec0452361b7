import { afterEach, describe, expect, it, vi } from "vitest";
import { AppError, ERROR_CODES, type ErrorCode, notFound } from "@/lib/errors";
import { log } from "@/lib/log";
import { problemResponse } from "./problem";
import { problemSchema } from "./problem.schemas";

const CODES = Object.entries(ERROR_CODES) as [ErrorCode, number][];

afterEach(() => vi.restoreAllMocks());

describe("a refusal", () => {
  it.each(CODES)("%s is told with status %i, its code and its sentence", async (code, status) => {
    const response = problemResponse(new AppError(code, "Do this instead."), "req-1");
    expect(response.status).toBe(status);
    const problem = problemSchema.parse(await response.json());
    expect(problem).toEqual({
      type: `urn:steller:problem:${code}`,
      title: expect.stringMatching(/\w/),
      status,
      code,
      detail: "Do this instead.",
      requestId: "req-1",
    });
  });

  it("names itself in its headers and is not kept by a cache", () => {
    const { headers } = problemResponse(notFound("order"), "req-1");
    expect(Object.fromEntries(headers)).toEqual({
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      "x-request-id": "req-1",
    });
  });

  it("carries fields, facts and the time to wait, but not its cause", async () => {
    const fields = [{ path: "lines.0.quantity", message: "too many" }];
    const data = { totalMinor: 1250 };
    const cause = new Error("private");
    const response = problemResponse(
      new AppError("rate_limited", "Wait.", { fields, data, retryAfterSeconds: 0, cause }),
      "req-1",
    );
    expect(response.headers.get("retry-after")).toBe("0");
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ errors: fields, data });
    expect(text).not.toContain("private");
  });
});

describe("what nobody foresaw", () => {
  it.each([new Error("password=hunter2"), "hunter2", { secret: "hunter2" }, undefined])(
    "is logged and told blandly",
    async (thrown) => {
      const logged = vi.spyOn(log, "error").mockReturnValue();
      const response = problemResponse(thrown, "req-1");
      expect(response.status).toBe(500);
      const text = await response.text();
      expect(JSON.parse(text)).toMatchObject({ code: "internal", requestId: "req-1" });
      expect(text).not.toContain("hunter2");
      expect(logged).toHaveBeenCalledExactlyOnceWith(expect.any(String), { requestId: "req-1", err: expect.any(Error) });
    },
  );

  it("does not log a refusal that was meant", () => {
    const logged = vi.spyOn(log, "error").mockReturnValue();
    problemResponse(notFound("order"), "req-1");
    expect(logged).not.toHaveBeenCalled();
  });
});
