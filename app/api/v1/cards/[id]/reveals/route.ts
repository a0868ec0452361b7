import { revealCard } from "@/lib/cards";
import { revealSchema } from "@/lib/cards/schemas";
import { answer, route } from "@/lib/http/route";

/** POST /api/v1/cards/{id}/reveals: shows a code, and records who saw it. */
export const POST = route({ limit: "reveal" }, async ({ ctx, params }) =>
  answer(revealSchema, await revealCard(ctx, params.id ?? ""), { status: 201 }),
);
