import type { Product } from "@/lib/catalog/schemas";
import { FaceField } from "./face-field";
import { type CheckedDraft, maxQuantity, type OrderDraft } from "./order-draft";
import { QuantityField } from "./quantity-field";
import { ReferenceField } from "./reference-field";
import { UrgentField } from "./urgent-field";

interface Props {
  product: Product;
  draft: OrderDraft;
  checked: CheckedDraft;
  onChange: (part: Partial<OrderDraft>) => void;
}

export function OrderFields({ product, draft, checked, onChange }: Props) {
  return (
    <>
      <FaceField product={product} value={draft.face} onChange={(face) => onChange({ face })} problem={checked.faceProblem} />
      <QuantityField
        max={maxQuantity(product)}
        value={draft.quantity}
        onChange={(quantity) => onChange({ quantity })}
        problem={draft.quantity === "" ? undefined : checked.quantityProblem}
      />
      <ReferenceField value={draft.reference} onChange={(reference) => onChange({ reference })} />
      <UrgentField urgent={draft.urgent} onChange={(urgent) => onChange({ urgent })} />
    </>
  );
}
