import { ChevronRight, Handshake } from "lucide-react";
import type { PartnerChoice } from "@/lib/price-rules/schemas";
import { countOf } from "../../format/number";
import { Badge } from "../../ui/badge";
import { Card } from "../../ui/card";
import { EmptyState } from "../../ui/empty-state";
import { Notice } from "../../ui/notice";

interface Props {
  partners: readonly PartnerChoice[];
  onChoose: (partnerId: string) => void;
  /** The address names a partner that does not exist. */
  unknown: boolean;
}

/** All partners; those without a price for everything stand out. */
export function PartnerList({ partners, onChoose, unknown }: Props) {
  if (partners.length === 0) {
    return (
      <Card>
        <EmptyState icon={Handshake} title="No partners yet">
          A partner that is set up appears here, to be given its prices.
        </EmptyState>
      </Card>
    );
  }
  return (
    <div className="grid gap-4">
      {unknown ? <Notice tone="warning">The partner in the address does not exist. Choose one of these.</Notice> : null}
      <Card className="overflow-hidden">
        <ul className="divide-y">
          {partners.map((partner) => (
            <li key={partner.id}>
              <button
                type="button"
                onClick={() => onChoose(partner.id)}
                className="flex w-full flex-wrap items-center gap-x-4 gap-y-1 px-5 py-3 text-start transition-colors hover:bg-subtle focus-visible:-outline-offset-2"
              >
                <span className="min-w-0 flex-1 basis-44">
                  <span className="block truncate font-medium">{partner.name}</span>
                  <span className="block text-faint text-sm">
                    {partner.currency} · {countOf(partner.rules, "price rule")}
                  </span>
                </span>
                {partner.active ? null : <Badge tone="neutral">Not active</Badge>}
                {partner.listedOnly ? <Badge tone="info">Listed products only</Badge> : null}
                {partner.hasDefaultRule ? null : <Badge tone="warning">No default rule</Badge>}
                <ChevronRight className="size-4 text-faint rtl:rotate-180" aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}
