import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { BrandDetail } from "@/lib/catalog/schemas";
import { ProductTexts } from "../catalog/order/product-texts";
import { BrandLogo } from "./brand-logo";

const HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script>';

describe("BrandLogo", () => {
  it("asks our own origin and no other", () => {
    const markup = (logoUrl: string | null) => renderToStaticMarkup(<BrandLogo name="Example Games" logoUrl={logoUrl} />);
    expect(markup("/api/v1/catalog/brands/7/logo?v=abc")).toContain('src="/api/v1/catalog/brands/7/logo?v=abc"');
    for (const foreign of [
      null,
      "https://cdn.example/a.svg",
      "//cdn.example/a.svg",
      "javascript:alert(1)",
      "data:image/svg+xml,<svg/>",
    ])
      expect(markup(foreign)).toMatch(/^<span[^>]*><span[^>]*>EG<\/span><\/span>$/);
  });
});

it("the supplier's words are text, whatever they look like", () => {
  const brand: BrandDetail = {
    id: "7",
    name: HOSTILE,
    logoUrl: null,
    countryCode: null,
    currency: "USD",
    categories: [],
    description: HOSTILE,
    redemptionInstructions: HOSTILE,
    terms: HOSTILE,
    products: [],
    asOf: null,
    nextRefreshAt: "2026-01-01T00:00:00.000Z",
  };
  const markup = renderToStaticMarkup(
    <>
      <BrandLogo name={HOSTILE} logoUrl={null} />
      <ProductTexts brand={brand} />
    </>,
  );
  expect(markup).not.toMatch(/<(?:img|script)/);
  expect(markup.match(/&lt;script&gt;/g)).toHaveLength(3);
});
