import type { Metadata } from "next";
import { OrderScreen } from "@/components/orders/order-screen";

export const metadata: Metadata = { title: "Order" };

interface Props {
  params: Promise<{ id: string }>;
}

export default async function OrderPage({ params }: Props) {
  const { id } = await params;
  return <OrderScreen id={id} />;
}
