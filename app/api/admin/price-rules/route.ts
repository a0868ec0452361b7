import { sendEvents } from "@/inngest/client";
import { parseInput, queryOf } from "@/lib/http/parse";
import { readJson } from "@/lib/http/read-body";
import { answer, route } from "@/lib/http/route";
import { relayOutbox } from "@/lib/outbox";
import { listRules, saveRule } from "@/lib/price-rules";
import { ruleInput, ruleSchema, rulesQuery, rulesSchema } from "@/lib/price-rules/schemas";

/** GET /api/admin/price-rules?partnerId=: a partner's rules, the one that wins first, for staff. */
export const GET = route({ limit: "read" }, async ({ ctx, request }) =>
  answer(rulesSchema, await listRules(ctx, parseInput(rulesQuery, queryOf(request.url)))),
);

/** POST /api/admin/price-rules: makes a rule. A scope has one, so a repetition is a 409 that names it. */
export const POST = route({ limit: "order", afterwards: () => relayOutbox(sendEvents) }, async ({ ctx, request }) =>
  answer(ruleSchema, await saveRule(ctx, null, parseInput(ruleInput, await readJson(request))), { status: 201 }),
);
