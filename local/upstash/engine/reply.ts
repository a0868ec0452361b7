import type { Bytes } from "./bytes";

/** A simple string such as OK or PONG, which Redis keeps apart from a value. */
export class Status {
  constructor(readonly text: string) {}
}

export const OK = new Status("OK");

/** An error with Redis' own text (`CODE message`), as a command raises it and as a client sees it. */
export class RedisError extends Error {
  override readonly name = "RedisError";
}

export type Reply = null | number | bigint | Bytes | Status | RedisError | readonly Reply[];
