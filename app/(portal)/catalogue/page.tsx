import type { Metadata } from "next";
import { CatalogScreen } from "@/components/catalog/catalog-screen";

export const metadata: Metadata = { title: "Catalogue" };

export default function CataloguePage() {
  return <CatalogScreen />;
}
