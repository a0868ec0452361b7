import { z } from "zod";
import { type EndpointName, endpointNames } from "../limits/policies";
import type { Random } from "../random";
import { type Act, actSchema } from "./acts";

/** When something goes wrong: which calls, after how many, how often. */
export const faultSchema = z.object({
  endpoint: z.enum(endpointNames).optional(),
  productId: z.number().int().optional(),
  requestId: z.string().optional(),
  /** Lets so many matching calls pass first. */
  skip: z.number().int().min(0).default(0),
  /** Strikes so many times, then rests; null never rests. */
  times: z.number().int().min(1).nullable().default(1),
  /** Strikes with this chance, by the seed. */
  probability: z.number().min(0).max(1).default(1),
  act: actSchema,
});

export type FaultRequest = z.input<typeof faultSchema>;
export type Fault = z.infer<typeof faultSchema> & { id: number; struck: number };

export interface Call {
  endpoint: EndpointName;
  productIds: readonly number[];
  requestId: string | null;
}

/** The rules set by the control surface, asked in the order in which they were set. */
export class FaultRules {
  private faults: Fault[] = [];
  private nextId = 1;

  constructor(private readonly random: Random) {}

  add(request: z.infer<typeof faultSchema>): Fault {
    const fault: Fault = { ...request, id: this.nextId, struck: 0 };
    this.nextId += 1;
    this.faults.push(fault);
    return fault;
  }

  list(): Fault[] {
    return this.faults;
  }

  /** Removes one, or all. */
  remove(id?: number): void {
    this.faults = id === undefined ? [] : this.faults.filter((fault) => fault.id !== id);
  }

  /** What strikes this call; each rule that does counts as used. */
  strike(call: Call): Act[] {
    return this.faults.filter((fault) => matches(fault, call) && this.uses(fault)).map((fault) => fault.act);
  }

  private uses(fault: Fault): boolean {
    if (fault.times !== null && fault.struck >= fault.times) return false;
    if (fault.skip > 0) {
      fault.skip -= 1;
      return false;
    }
    if (fault.probability < 1 && this.random() >= fault.probability) return false;
    fault.struck += 1;
    return true;
  }
}

function matches(fault: Fault, call: Call): boolean {
  if (fault.endpoint !== undefined && fault.endpoint !== call.endpoint) return false;
  if (fault.productId !== undefined && !call.productIds.includes(fault.productId)) return false;
  return fault.requestId === undefined || fault.requestId.toLowerCase() === call.requestId?.toLowerCase();
}
