"use client";

import { useQueryClient } from "@tanstack/react-query";
import { memo } from "react";
import type { Brand } from "@/lib/catalog/schemas";
import { countryName } from "../../format/country";
import { countOf } from "../../format/number";
import { Money } from "../../ui/money";
import { brandOptions } from "../api/get-brand";
import { brandCardId } from "../card-id";
import { Discount, FaceRange } from "../price";
import type { OpenDrawer } from "../use-catalog-url";
import { CardFact, CatalogCard } from "./catalog-card";

interface Props {
  brand: Brand;
  onOpen: (what: OpenDrawer) => void;
}

/** Kept as it is while the search is typed: only cards that change are drawn again. */
export const BrandCard = memo(function BrandCard({ brand, onOpen }: Props) {
  const client = useQueryClient();
  const { id, name, countryCode, categories, priceFrom } = brand;
  const about = [
    countOf(brand.products, "denomination"),
    countryCode ? countryName(countryCode) : null,
    ...categories.map((category) => category.name),
  ];
  return (
    <CatalogCard
      id={brandCardId(id)}
      name={name}
      brand={brand}
      about={about.filter((part) => part !== null).join(" · ")}
      unavailable={brand.unavailable}
      onIntent={() => void client.prefetchQuery(brandOptions(id))}
      onOpen={() => onOpen({ brand: id, product: null })}
    >
      <CardFact name="Face values">
        <FaceRange min={brand.faceMin} max={brand.faceMax} />
      </CardFact>
      <CardFact name="Your price" strong={priceFrom !== null}>
        {priceFrom ? (
          <>
            <span className="font-normal text-faint">from </span>
            <Money money={priceFrom} />
          </>
        ) : (
          <span className="text-faint">–</span>
        )}
      </CardFact>
      <CardFact name={(brand.discountBasisPoints ?? 0) < 0 ? "Lowest mark-up" : "Best discount"} end>
        <Discount basisPoints={brand.discountBasisPoints} />
      </CardFact>
    </CatalogCard>
  );
});
