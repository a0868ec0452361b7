import type { StuckDetail } from "@/lib/dispatch/stuck.schemas";
import { formatFace } from "../format/money";
import { countOf } from "../format/number";
import { Panel } from "../ui/card";
import { Money } from "../ui/money";

type Product = StuckDetail["products"][number];

/** What is bought and who gets it, in claim order. */
export function BoughtPanel({ products }: { products: readonly Product[] }) {
  return (
    <Panel title="What it buys, and for whom" aside="A shortage falls on the last">
      <ul className="divide-y border-t">
        {products.map((product) => (
          <li key={`${product.productId} ${product.face.amountMinor}`} className="px-5 py-3.5">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
              <p className="font-medium">
                {product.name} <span className="font-normal text-faint text-sm">product {product.productId}</span>
              </p>
              <p className="whitespace-nowrap text-muted">
                {countOf(product.quantity, "card")} of {formatFace(product.face)}
              </p>
            </div>
            <ol className="mt-2 grid gap-1.5">
              {product.allocations.map(({ position, number, partner, quantity, total }) => (
                <li key={position} className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
                  <span className="min-w-0">
                    {number} <span className="text-faint">{partner}</span>
                  </span>
                  <span className="whitespace-nowrap text-muted">
                    {countOf(quantity, "card")} · <Money money={total} className="text-ink" />
                  </span>
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
