import { route } from "@/lib/http/route";
import { type Logo, readLogo } from "@/lib/logos";

/** As next.config.ts says of all of /api, which prevails there. */
const POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
const FOR_GOOD = "private, max-age=86400, immutable";
/** An order remembers the logo of its day; it is shown the brand's logo of today. */
const FOR_NOW = "private, max-age=300";

/** GET /api/v1/catalog/brands/{id}/logo: the brand's picture, fetched by us, so that no browser asks a foreign address. */
export const GET = route({ limit: "logo" }, async ({ ctx, params, request }) =>
  picture(await readLogo(ctx, params.id ?? ""), new URL(request.url).searchParams.get("v")),
);

function picture({ type, bytes, version }: Logo, asked: string | null): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": type,
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": asked === version ? FOR_GOOD : FOR_NOW,
    },
  });
}
