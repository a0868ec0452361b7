"use client";

import { useState } from "react";
import { toast } from "sonner";
import type { Order } from "@/lib/orders/schemas";
import { formatMoney } from "../format/money";
import { describeError } from "../http/describe-error";
import { useMay } from "../session/api/get-me";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/dialog";
import { useCancelOrder } from "./api/cancel-order";

/** Offered while the order is cancellable; an open question closes itself when the order moves on meanwhile. */
export function CancelOrder({ order }: { order: Order }) {
  const mayCancel = useMay("orders.cancel");
  const [asking, setAsking] = useState(false);
  const mutation = useCancelOrder(order.id);
  if (!mayCancel || !order.cancellable) return null;

  const confirm = () =>
    mutation.mutate(undefined, {
      onSuccess: () =>
        toast.success(`Order ${order.number} cancelled`, { description: `${formatMoney(order.total)} is available again.` }),
      onError: (error) => toast.error("The order was not cancelled", { description: describeError(error).detail }),
      onSettled: () => setAsking(false),
    });

  return (
    <>
      <Button onClick={() => setAsking(true)}>Cancel order</Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Cancel order ${order.number}?`}
        description={`Nothing has been bought yet. ${formatMoney(order.total)} goes back to your available balance at once.`}
        confirmLabel="Yes, cancel it"
        cancelLabel="Keep the order"
        busy={mutation.isPending}
        onConfirm={confirm}
      />
    </>
  );
}
