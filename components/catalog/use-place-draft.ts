"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import type { ProductDetail } from "@/lib/catalog/schemas";
import type { PlaceOrderInput } from "@/lib/orders/schemas";
import { hasCode } from "../http/api-error";
import { usePlaceOrder } from "../orders/api/place-order";
import { productOptions } from "./api/get-product";
import { orderFormName } from "./order-form-name";
import type { Estimate } from "./price-estimate";

interface Placeable {
  faceMinor: number;
  quantity: number;
  reference: string;
  urgent: boolean;
  estimate: Estimate;
}

/** Sends the order of one product and goes to its page; a changed price is read anew, so that the form shows it. */
export function usePlaceDraft(product: ProductDetail) {
  const router = useRouter();
  const client = useQueryClient();
  const mutation = usePlaceOrder(orderFormName(product.id));

  const place = (order: Placeable) => {
    if (mutation.isPending) return;
    mutation.mutate(toInput(product.id, order), {
      onSuccess: ({ order: { id, number }, replayed }) => {
        if (replayed) toast.info(`Order ${number} was already placed`, { description: "Nothing was bought twice." });
        else toast.success(`Order ${number} placed`);
        router.push(`/orders/${id}`);
      },
      onError: (error) => {
        if (hasCode(error, "price_changed") || hasCode(error, "not_orderable")) {
          void client.invalidateQueries(productOptions(product.id));
        }
      },
    });
  };

  return { place, busy: mutation.isPending || mutation.isSuccess, error: mutation.error };
}

/** An estimate may miss the real price by the rounding of each card, so that much above it is still accepted. */
function toInput(productId: number, { faceMinor, quantity, reference, urgent, estimate }: Placeable): PlaceOrderInput {
  const rounding = estimate.exact ? 0 : quantity;
  return {
    lines: [{ productId, faceMinor, quantity }],
    ...(reference.trim() === "" ? {} : { reference: reference.trim() }),
    ...(urgent ? { lane: "urgent" as const } : {}),
    maxTotalMinor: estimate.total.amountMinor + rounding,
  };
}
