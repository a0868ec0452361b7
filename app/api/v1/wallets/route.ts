import { answer, route } from "@/lib/http/route";
import { listWallets } from "@/lib/wallet";
import { walletsSchema } from "@/lib/wallet/schemas";

/** GET /api/v1/wallets: what is available and what is held, per currency. */
export const GET = route({ limit: "read" }, async ({ ctx }) => answer(walletsSchema, await listWallets(ctx)));
