import type { Metadata } from "next";
import { SupplierScreen } from "@/components/supplier/supplier-screen";

export const metadata: Metadata = { title: "Supplier" };

export default function SupplierPage() {
  return <SupplierScreen />;
}
