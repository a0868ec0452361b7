import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { verifySvix } from "./verify-svix";

const secretOf = (text: string) => `whsec_${Buffer.from(text).toString("base64")}`;
const SECRET = secretOf("a secret of thirty-two bytes....");
const OTHER = secretOf("another secret of 32 bytes......");
const NOW_MS = Date.UTC(2026, 10, 23, 12);
const NOW_SECONDS = NOW_MS / 1_000;
const BODY: Buffer = Buffer.from('{"eventType":"ordercompleted.v1"}');

function sign(secret: string, { id = "msg_1", timestamp = String(NOW_SECONDS), body = BODY } = {}): string {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64")}`;
}

interface Sent {
  id?: string;
  timestamp?: string;
  signature?: string;
  spelling?: string;
  body?: Buffer;
}

function verify({ id = "msg_1", timestamp = String(NOW_SECONDS), signature, spelling = "svix", body = BODY }: Sent = {}) {
  const headers = new Headers({
    [`${spelling}-id`]: id,
    [`${spelling}-timestamp`]: timestamp,
    [`${spelling}-signature`]: signature ?? sign(SECRET, { id, timestamp, body }),
  });
  return verifySvix({ headers, body, secret: SECRET, nowMs: NOW_MS });
}

describe("verifySvix", () => {
  it("agrees with the example of Svix' own documentation", () => {
    const headers = new Headers({
      "svix-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "svix-timestamp": "1614265330",
      "svix-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    });
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const given = { headers, body: Buffer.from('{"test": 2432232314}'), secret };
    expect(verifySvix({ ...given, nowMs: 1_614_265_330_000 })).toEqual({ ok: true, messageId: "msg_p5jXN8AQM9LWM0D4loKWxJek" });
  });

  it.each(["svix", "webhook"])("takes a message in the spelling of %s", (spelling) => {
    expect(verify({ spelling })).toEqual({ ok: true, messageId: "msg_1" });
  });

  it("takes one of several signatures, in any place, and passes versions over that it does not know", () => {
    for (const list of [
      [sign(OTHER), sign(SECRET)],
      [sign(SECRET), sign(OTHER)],
      ["v2,abc", "", "v1", sign(SECRET)],
    ])
      expect(verify({ signature: list.join(" ") }).ok).toBe(true);
    const unknownVersion = sign(SECRET).replace("v1,", "v1a,");
    expect(verify({ signature: unknownVersion }).ok).toBe(false);
    // Many more than a rotation ever makes.
    expect(verify({ signature: [...Array.from({ length: 50 }, () => sign(OTHER)), sign(SECRET)].join(" ") }).ok).toBe(false);
  });

  it("refuses what was signed with another secret, or cut short", () => {
    expect(verify({ signature: sign(OTHER) })).toMatchObject({ ok: false, why: expect.stringContaining("secret") });
    expect(verify({ signature: sign(SECRET).slice(0, -6) }).ok).toBe(false);
    expect(verify({ signature: "v1," }).ok).toBe(false);
  });

  it("refuses a body, an id or a time that is not the signed one", () => {
    const signature = sign(SECRET);
    expect(verify({ signature, body: Buffer.concat([BODY, Buffer.from(" ")]) }).ok).toBe(false);
    expect(verify({ signature, id: "msg_2" }).ok).toBe(false);
    expect(verify({ signature, timestamp: String(NOW_SECONDS + 1) }).ok).toBe(false);
  });

  it("reads the bytes as they came, also those that are no text", () => {
    const body = Buffer.from([0xff, 0x00, 0xc3]);
    expect(verify({ body }).ok).toBe(true);
    expect(verify({ body: Buffer.from([0xfe, 0x00, 0xc3]), signature: sign(SECRET, { body }) }).ok).toBe(false);
  });

  it("takes a time up to five minutes off, either way", () => {
    for (const [off, ok] of [
      [-300, true],
      [300, true],
      [-301, false],
      [301, false],
    ] as const)
      expect(verify({ timestamp: String(NOW_SECONDS + off) }).ok).toBe(ok);
    for (const timestamp of ["soon", "-1", "1e9", ` ${NOW_SECONDS}x`, "9".repeat(30)])
      expect(verify({ timestamp })).toMatchObject({ ok: false, why: expect.stringContaining("timestamp") });
  });

  it("refuses a message without its headers, or with half of each spelling", () => {
    const mixed = new Headers({ "svix-id": "msg_1", "svix-timestamp": String(NOW_SECONDS), "webhook-signature": sign(SECRET) });
    for (const headers of [new Headers(), mixed])
      expect(verifySvix({ headers, body: BODY, secret: SECRET, nowMs: NOW_MS })).toMatchObject({ ok: false });
  });

  it("takes no signature that was made up", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        expect(verify({ signature: `v1,${Buffer.from(bytes).toString("base64")}` }).ok).toBe(false);
      }),
    );
  });
});
