import { sendEvents } from "@/inngest/client";
import { parseInput } from "@/lib/http/parse";
import { readJson } from "@/lib/http/read-body";
import { answer, route } from "@/lib/http/route";
import { relayOutbox } from "@/lib/outbox";
import { removeRule, saveRule } from "@/lib/price-rules";
import { ruleInput, ruleSchema } from "@/lib/price-rules/schemas";

const afterwards = () => relayOutbox(sendEvents);

/** PUT /api/admin/price-rules/{id}: puts a rule in this one's place. */
export const PUT = route({ limit: "order", afterwards }, async ({ ctx, request, params }) =>
  answer(ruleSchema, await saveRule(ctx, params.id ?? "", parseInput(ruleInput, await readJson(request)))),
);

/** DELETE /api/admin/price-rules/{id}: takes it away, and answers what it was. */
export const DELETE = route({ limit: "order", afterwards }, async ({ ctx, params }) =>
  answer(ruleSchema, await removeRule(ctx, params.id ?? "")),
);
