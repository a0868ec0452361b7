"use client";

import type { PartnerChoice } from "@/lib/price-rules/schemas";
import { useMay } from "../../session/api/get-me";
import { Select } from "../../ui/select";
import { usePartners } from "../api/list-partners";
import { ManageNote } from "../manage-note";
import { useLeave } from "../unsaved-guard";
import { useCatalogueUrl } from "../use-catalogue-url";
import { ViewState } from "../view-state";
import { AllowancesPanel } from "./allowances-panel";
import { PartnerList } from "./partner-list";
import { RulesPanel } from "./rules-panel";

const NOTE_ID = "rules-note";

/** Whose prices: first the partner, then its rules and what it may order. */
export function RulesView() {
  const [{ partner: partnerId }, setUrl] = useCatalogueUrl();
  const query = usePartners();
  const leave = useLeave();
  const choose = (id: string | null) => leave(() => void setUrl({ partner: id }));
  return (
    <ViewState query={query} what="partners">
      {(partners) => {
        const partner = partners.find(({ id }) => id === partnerId);
        return (
          <section aria-label="Price rules">
            {partners.length > 0 ? (
              <div className="mb-4 max-w-sm">
                <Select
                  label="Partner"
                  anyLabel="All partners"
                  value={partner?.id ?? null}
                  onChange={choose}
                  options={partners.map(toOption)}
                />
              </div>
            ) : null}
            {partner ? (
              <Partner key={partner.id} partner={partner} />
            ) : (
              <PartnerList partners={partners} onChoose={choose} unknown={partnerId !== null} />
            )}
          </section>
        );
      }}
    </ViewState>
  );
}

function toOption({ id, name, hasDefaultRule }: PartnerChoice) {
  return { value: id, label: name, ...(hasDefaultRule ? {} : { note: "no default rule" }) };
}

function Partner({ partner }: { partner: PartnerChoice }) {
  const may = useMay("prices.manage");
  return (
    <div className="grid grid-cols-1 gap-4">
      {may ? null : <ManageNote id={NOTE_ID} />}
      <RulesPanel partner={partner} may={may} noteId={NOTE_ID} />
      <AllowancesPanel partner={partner} may={may} noteId={NOTE_ID} />
    </div>
  );
}
