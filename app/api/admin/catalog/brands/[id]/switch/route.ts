import { sendEvents } from "@/inngest/client";
import { switchBrand } from "@/lib/availability";
import { brandSwitchedSchema, brandSwitchInput } from "@/lib/availability/schemas";
import { parseInput } from "@/lib/http/parse";
import { readJson } from "@/lib/http/read-body";
import { answer, route } from "@/lib/http/route";
import { relayOutbox } from "@/lib/outbox";

/** PUT /api/admin/catalog/brands/{id}/switch: takes a brand off sale, or puts it back. A repetition changes nothing. */
export const PUT = route({ limit: "order", afterwards: () => relayOutbox(sendEvents) }, async ({ ctx, request, params }) =>
  answer(brandSwitchedSchema, await switchBrand(ctx, params.id ?? "", parseInput(brandSwitchInput, await readJson(request)))),
);
