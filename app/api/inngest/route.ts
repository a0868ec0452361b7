import { serve } from "inngest/next";
import type { NextRequest } from "next/server";
import { inngest } from "@/inngest/client";
import { allFunctions } from "@/inngest/functions";

/** Steps wait for slots and slow suppliers; the whole catalogue in one answer takes minutes. */
export const maxDuration = 300;
export const dynamic = "force-dynamic";

function create() {
  const client = inngest();
  return serve({ client, functions: allFunctions(client) });
}

let handlers: ReturnType<typeof create> | undefined;

const handle = (method: "GET" | "POST" | "PUT") => (request: NextRequest, context: unknown) => {
  handlers ??= create();
  return handlers[method](request, context);
};

export const GET = handle("GET");
export const POST = handle("POST");
export const PUT = handle("PUT");
