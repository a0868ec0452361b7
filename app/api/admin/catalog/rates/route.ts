import { answer, route } from "@/lib/http/route";
import { readRates } from "@/lib/refresh";
import { ratesSchema } from "@/lib/refresh/schemas";

/** GET /api/admin/catalog/rates: the exchange rates in use, and the latest lists with the reasons of the refused, for staff. */
export const GET = route({ limit: "read" }, async ({ ctx }) => answer(ratesSchema, await readRates(ctx)));
