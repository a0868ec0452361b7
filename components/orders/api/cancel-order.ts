"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { orderAcceptedSchema } from "@/lib/orders/schemas";
import { fetchJson } from "../../http/fetch-json";
import { walletsOptions } from "../../wallet/api/list-wallets";
import { orderOptions } from "./get-order";
import { ORDERS_KEY } from "./list-orders";

/** Cancelling twice is harmless: the second answer says that it is too late. Refetches the order whatever came back. */
export function useCancelOrder(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () =>
      (
        await fetchJson(`/api/v1/orders/${encodeURIComponent(id)}/cancellation`, orderAcceptedSchema, {
          method: "POST",
          body: {},
        })
      ).data,
    onSettled: () => {
      void client.invalidateQueries(orderOptions(id));
      void client.invalidateQueries(walletsOptions);
      void client.invalidateQueries({ queryKey: ORDERS_KEY });
    },
  });
}
