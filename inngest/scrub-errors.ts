import { Middleware } from "inngest";
import { scrub } from "@/lib/log";

/** Inngest keeps the errors of steps and runs: what a failed query was given stays here. */
export class ScrubErrors extends Middleware.BaseMiddleware {
  readonly id = "scrub-errors";

  override wrapStepHandler({ next }: Middleware.WrapStepHandlerArgs): Promise<unknown> {
    return scrubbed(next);
  }

  override wrapFunctionHandler({ next }: Middleware.WrapFunctionHandlerArgs): Promise<unknown> {
    return scrubbed(next);
  }
}

async function scrubbed(next: () => Promise<unknown>): Promise<unknown> {
  try {
    return await next();
  } catch (thrown) {
    scrub(thrown);
    throw thrown;
  }
}
