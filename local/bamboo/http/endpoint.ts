import type { Act } from "../faults/acts";
import type { EndpointName } from "../limits/policies";
import type { Sandbox } from "../sandbox";
import type { Reply } from "./reply";

/** One call, authenticated and let through by the limits. */
export interface ApiCall {
  sandbox: Sandbox;
  /** Parts of the path, decoded. */
  params: string[];
  /** By name, without regard to case. */
  query: (name: string) => string | null;
  /** With keys in lower case; undefined if it was not JSON. */
  body: unknown;
  arrivedAtMs: number;
  /** The faults that strike this call. */
  acts: Act[];
}

export interface Endpoint {
  name: EndpointName;
  method: "GET" | "POST";
  path: RegExp;
  answer: (call: ApiCall) => Reply;
}

const v1 = "v1(?:\\.0)?";
const v2 = "v2(?:\\.0)?";

/** A path below `/api/integration`, in any case, with either spelling of the version. */
export function apiPath(version: 1 | 2, rest: string): RegExp {
  return new RegExp(`^/api/integration/${version === 1 ? v1 : v2}/${rest}/?$`, "i");
}
