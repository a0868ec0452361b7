import { catalogMoment, catalogReader, listCountries } from "@/lib/catalog";
import { countriesSchema } from "@/lib/catalog/schemas";
import { conditional } from "@/lib/http/etag";
import { answerText, route } from "@/lib/http/route";

/** GET /api/v1/catalog/countries: those with a product, and how many. */
export const GET = route({ limit: "catalog", beside: () => catalogMoment() }, ({ ctx, request, beside }) => {
  const reader = catalogReader(ctx, beside);
  return conditional(request, reader.tag, async () => answerText(countriesSchema, await listCountries(reader)));
});
