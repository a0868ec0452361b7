"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { orderAcceptedSchema, type PlaceOrderInput } from "@/lib/orders/schemas";
import { isOutcomeUnknown } from "../../http/api-error";
import { fetchJson } from "../../http/fetch-json";
import { walletsOptions } from "../../wallet/api/list-wallets";
import { attemptFor, settleAttempt } from "../order-attempts";
import { ORDERS_KEY } from "./list-orders";

/** Sends the order that `form` holds; its key survives everything but a known result. */
async function placeOrder(form: string, input: PlaceOrderInput) {
  const store = window.sessionStorage;
  const { key, body } = attemptFor(store, form, input, Date.now(), () => window.crypto.randomUUID());
  try {
    const answer = await fetchJson("/api/v1/orders", orderAcceptedSchema, {
      method: "POST",
      body,
      headers: { "idempotency-key": key },
    });
    settleAttempt(store, form);
    return { order: answer.data, replayed: answer.headers.get("idempotent-replayed") === "true" };
  } catch (error) {
    if (!isOutcomeUnknown(error)) settleAttempt(store, form);
    throw error;
  }
}

export function usePlaceOrder(form: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: PlaceOrderInput) => placeOrder(form, input),
    onSettled: () => {
      void client.invalidateQueries(walletsOptions);
      void client.invalidateQueries({ queryKey: ORDERS_KEY });
    },
  });
}
