import type { Change } from "@/lib/refresh/schemas";
import { Badge } from "../../ui/badge";
import { RelativeTime } from "../../ui/relative-time";
import { CHANGE_LOOKS, changeSentences } from "./change-words";

interface Props {
  change: Change;
  /** Narrows the list to its product, or to its refresh. */
  onProduct: () => void;
  onRefresh: () => void;
}

const link = "rounded-sm underline decoration-line-strong underline-offset-2 hover:decoration-current";

export function ChangeItem({ change: { kind, at, product, refreshId, fields }, onProduct, onRefresh }: Props) {
  const { label, tone } = CHANGE_LOOKS[kind];
  const sentences = changeSentences(fields);
  return (
    <li className="grid gap-x-5 gap-y-1 px-5 py-3 md:grid-cols-[7.5rem_minmax(0,1fr)_minmax(0,1.4fr)_auto] md:items-center">
      <div className="flex items-center justify-between gap-3">
        <Badge tone={tone}>{label}</Badge>
        <RelativeTime iso={at} className="text-faint text-sm md:hidden" />
      </div>
      <div className="min-w-0">
        <button type="button" onClick={onProduct} className={`block max-w-full truncate text-start font-medium ${link}`}>
          {product.name}
          <span className="sr-only">, all changes</span>
        </button>
        <span className="block truncate text-faint text-sm">{product.brandName}</span>
      </div>
      <ul className="min-w-0 text-sm">
        {sentences.map((sentence) => (
          <li key={sentence} className="line-clamp-2 break-words" title={sentence}>
            {sentence}
          </li>
        ))}
        {sentences.length === 0 ? <li className="text-faint">{WHOLE[kind] ?? "Nothing else differs"}</li> : null}
      </ul>
      <p className="whitespace-nowrap text-faint text-sm md:text-end">
        <RelativeTime iso={at} className="hidden md:block" />
        {refreshId === null ? (
          "read by itself"
        ) : (
          <button type="button" onClick={onRefresh} className={link}>
            its refresh
          </button>
        )}
      </p>
    </li>
  );
}

/** What came or went as a whole has no fields to tell. */
const WHOLE: Partial<Record<Change["kind"], string>> = {
  added: "New in the catalogue",
  withdrawn: "The supplier lists it no more",
  returned: "Listed again",
  inactive: "Cannot be ordered for now",
  active: "Can be ordered again",
};
