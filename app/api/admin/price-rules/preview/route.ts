import { parseInput } from "@/lib/http/parse";
import { readJson } from "@/lib/http/read-body";
import { answer, route } from "@/lib/http/route";
import { previewRule } from "@/lib/price-rules";
import { previewInput, previewSchema } from "@/lib/price-rules/schemas";

/** POST /api/admin/price-rules/preview: what the catalogue would cost the partner with this rule; writes nothing. */
export const POST = route({ limit: "order" }, async ({ ctx, request }) =>
  answer(previewSchema, await previewRule(ctx, parseInput(previewInput, await readJson(request)))),
);
