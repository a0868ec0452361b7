import type { Bytes } from "./bytes";
import type { Reply } from "./reply";

/** What answers commands behind the REST front: the engine in memory, or a real redis-server. */
export interface Backend {
  /** One command, its name first. A failed command answers a RedisError. */
  execute(command: readonly Bytes[]): Reply | Promise<Reply>;
  /** Commands with nothing between them; throws a RedisError if they were discarded as a whole. */
  transaction(commands: readonly (readonly Bytes[])[]): readonly Reply[] | Promise<readonly Reply[]>;
  /** Forgets every key and script. */
  flush(): void;
  close(): Promise<void>;
}
