import { z } from "zod";
import { invariant } from "@/lib/errors";
import { fraction, toMinor } from "@/lib/money";
import type { BambooControl } from "../../local/bamboo/control";
import { sandboxBrand } from "../../local/bamboo/magic";

/** A card that may be had in any number, at one face value. */
export interface Ware {
  productId: number;
  faceCurrency: string;
  /** In the currency's minor unit. */
  faceMinor: number;
  /** As a checkout names it, in the major unit. */
  faceValue: number;
}

const product = z.object({ id: z.number(), minFaceValue: z.number(), maxFaceValue: z.number(), count: z.number().nullable() });
const page = z.object({
  items: z.array(z.object({ internalId: z.string(), currencyCode: z.string(), products: z.array(product) })),
});

/** Brands on one page: more than the sandbox has. */
const WHOLE_CATALOGUE = 1_000;
const MAX_WARES = 3_000;
const AT_ONCE = 20;

/** What the sandbox sells without end. The few products that it refuses on purpose are made orderable: this is about limits. */
export async function readShelf(control: BambooControl): Promise<Ware[]> {
  await control.setModes({ pageSizeCap: WHOLE_CATALOGUE });
  const { BAMBOO_BASE_URL, BAMBOO_CLIENT_ID, BAMBOO_CLIENT_SECRET } = process.env;
  const basic = Buffer.from(`${BAMBOO_CLIENT_ID}:${BAMBOO_CLIENT_SECRET}`).toString("base64");
  const response = await fetch(`${BAMBOO_BASE_URL}/api/integration/v2.0/catalog?PageSize=${WHOLE_CATALOGUE}&PageIndex=0`, {
    headers: { authorization: `Basic ${basic}` },
  });
  invariant(response.ok, `the sandbox shows its catalogue (it answered ${response.status})`);
  const { items } = page.parse(await response.json());
  const wares = items
    .filter(({ internalId }) => internalId !== String(sandboxBrand.id))
    .flatMap(({ currencyCode, products }) => products.flatMap((entry) => toWare(entry, currencyCode)))
    .sort((a, b) => a.productId - b.productId)
    .slice(0, MAX_WARES);
  for (let first = 0; first < wares.length; first += AT_ONCE) {
    const some = wares.slice(first, first + AT_ONCE);
    await Promise.all(some.map(({ productId }) => control.setProduct({ productId, orderable: true, announce: false })));
  }
  return wares;
}

function toWare({ id, minFaceValue, maxFaceValue, count }: z.infer<typeof product>, faceCurrency: string): Ware[] {
  if (count !== null || minFaceValue !== maxFaceValue) return [];
  const faceMinor = toMinor(fraction(minFaceValue), faceCurrency);
  return [{ productId: id, faceCurrency, faceMinor, faceValue: minFaceValue }];
}
