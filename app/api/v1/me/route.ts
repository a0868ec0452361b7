import { answer, route } from "@/lib/http/route";
import { meSchema } from "@/lib/partners/schemas";

/** GET /api/v1/me: who is signed in and what they may do. */
export const GET = route({ limit: "read" }, async ({ me }) => answer(meSchema, me));
