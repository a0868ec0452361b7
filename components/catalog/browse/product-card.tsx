"use client";

import { useQueryClient } from "@tanstack/react-query";
import { memo } from "react";
import type { Product } from "@/lib/catalog/schemas";
import { countryName } from "../../format/country";
import { brandOptions } from "../api/get-brand";
import { productCardId } from "../card-id";
import { Discount, FaceRange, PriceRange } from "../price";
import type { OpenDrawer } from "../use-catalog-url";
import { CardFact, CatalogCard } from "./catalog-card";

interface Props {
  product: Product;
  onOpen: (what: OpenDrawer) => void;
}

/** Kept as it is while the search is typed: only cards that change are drawn again. */
export const ProductCard = memo(function ProductCard({ product, onOpen }: Props) {
  const client = useQueryClient();
  const { id, brand } = product;
  return (
    <CatalogCard
      id={productCardId(id)}
      name={product.name}
      brand={brand}
      about={`${brand.name}${brand.countryCode ? ` · ${countryName(brand.countryCode)}` : ""}`}
      unavailable={product.unavailable}
      onIntent={() => void client.prefetchQuery(brandOptions(brand.id))}
      onOpen={() => onOpen({ brand: brand.id, product: id })}
    >
      <CardFact name="Face value">
        <FaceRange min={product.faceMin} max={product.faceMax} />
      </CardFact>
      <CardFact name="Your price" strong>
        <PriceRange product={product} />
      </CardFact>
      <CardFact name="Discount" end>
        <Discount basisPoints={product.discountBasisPoints} />
      </CardFact>
    </CatalogCard>
  );
});
