import type { Metadata } from "next";
import { PurchaseScreen } from "@/components/stuck/purchase-screen";

export const metadata: Metadata = { title: "Purchase" };

interface Props {
  params: Promise<{ id: string }>;
}

export default async function PurchasePage({ params }: Props) {
  const { id } = await params;
  return <PurchaseScreen id={id} />;
}
