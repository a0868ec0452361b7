import type { SupplierView } from "@/lib/supplier/schemas";
import { countOf, formatCount } from "../format/number";
import { Panel } from "../ui/card";
import { Meter } from "../ui/meter";
import { budgetWords, nextWords, usedTone } from "./limit-words";

type Products = SupplierView["products"];

/** Products that were ordered within their window: the supplier takes only so many orders of one. */
export function ProductPanel({ products, at }: { products: Products; at: string }) {
  return (
    <Panel title="Products at their pace" aside={products ? budgetWords(products.budget) : undefined} className="overflow-hidden">
      {products ? <Items products={products} at={at} /> : <p className="border-t px-5 py-4 text-danger">Not known.</p>}
    </Panel>
  );
}

function Items({ products: { items, budget, full }, at }: { products: NonNullable<Products>; at: string }) {
  return (
    <>
      <p className="border-t px-5 py-3 text-muted text-sm">
        {items.length === 0
          ? "No product was ordered within its window; each may be ordered now."
          : full === 0
            ? "None is at its limit."
            : `${countOf(full, "product")} at the limit: orders of it wait for its next place, others go on.`}
      </p>
      {items.length > 0 ? (
        <ul className="divide-y border-t">
          {items.map(({ id, name, used, nextFreeAt, waitingLines }) => (
            <li key={id} className="px-5 py-3">
              <div className="mb-1.5 flex items-baseline justify-between gap-3 text-sm">
                <span className="min-w-0 truncate font-medium">{name ?? `Product ${id}`}</span>
                <span className="whitespace-nowrap text-muted">
                  {formatCount(used)} of {formatCount(budget.limit)}
                </span>
              </div>
              <Meter
                label={`Orders of ${name ?? `product ${id}`}`}
                value={used}
                max={budget.limit}
                text={`${used} of ${budget.limit} orders`}
                tone={usedTone(used, budget.limit)}
              />
              <p className="mt-1 text-faint text-xs">
                Next {nextWords(nextFreeAt, at).toLowerCase()}
                {waitingLines > 0 ? ` · ${countOf(waitingLines, "line")} waiting` : ""}
              </p>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
