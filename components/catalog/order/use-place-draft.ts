"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import type { PlaceOrderInput } from "@/lib/orders/schemas";
import { hasCode } from "../../http/api-error";
import { usePlaceOrder } from "../../orders/api/place-order";
import { CATALOGUE_KEY } from "../api/catalogue-key";
import { orderFormName } from "./order-form-name";

interface Placeable {
  faceMinor: number;
  quantity: number;
  reference: string;
  urgent: boolean;
  /** The total that was shown: a higher one is refused, and told. */
  totalMinor: number;
}

/** Sends the order of one product and goes to its page; what it was refused for is read anew, so that the form shows it. */
export function usePlaceDraft(productId: number) {
  const router = useRouter();
  const client = useQueryClient();
  const mutation = usePlaceOrder(orderFormName(productId));

  const place = (order: Placeable) => {
    if (mutation.isPending) return;
    mutation.mutate(toInput(productId, order), {
      onSuccess: ({ order: { id, number }, replayed }) => {
        if (replayed) toast.info(`Order ${number} was already placed`, { description: "Nothing was bought twice." });
        else toast.success(`Order ${number} placed`);
        router.push(`/orders/${id}`);
      },
      onError: (error) => {
        if (hasCode(error, "price_changed") || hasCode(error, "not_orderable")) {
          void client.invalidateQueries({ queryKey: [CATALOGUE_KEY] });
        }
      },
    });
  };

  // What was said of an order holds for its product only, also where the address leads to another.
  const own = mutation.variables?.lines[0]?.productId === productId;
  return {
    place,
    busy: own && (mutation.isPending || mutation.isSuccess),
    error: own ? mutation.error : null,
    forget: mutation.reset,
  };
}

function toInput(productId: number, { faceMinor, quantity, reference, urgent, totalMinor }: Placeable): PlaceOrderInput {
  return {
    lines: [{ productId, faceMinor, quantity }],
    ...(reference.trim() === "" ? {} : { reference: reference.trim() }),
    ...(urgent ? { lane: "urgent" as const } : {}),
    maxTotalMinor: totalMinor,
  };
}
