"use client";

import { useState } from "react";
import type { PartnerChoice, Rule } from "@/lib/price-rules/schemas";
import { Sheet } from "../../ui/sheet";
import { LeaveQuestion } from "../leave-question";
import { RuleForm } from "./rule-form";

interface Props {
  /** Null: closed. A new rule has no `rule` yet. */
  open: { rule: Rule | null } | null;
  partner: PartnerChoice;
  hasDefaultRule: boolean;
  onClose: () => void;
}

/** The price rule that is being written, with what it would do beside it. Escape or a press beside it asks before anything typed is lost. */
export function RuleSheet({ open, partner, hasDefaultRule, onClose }: Props) {
  const [unsaved, setUnsaved] = useState(false);
  const [asking, setAsking] = useState(false);
  const verb = open?.rule ? "Edit the price rule" : "Add a price rule";
  const close = () => {
    setAsking(false);
    onClose();
  };
  return (
    <Sheet wide open={open !== null} onClose={() => (unsaved ? setAsking(true) : close())} title={`${verb} for ${partner.name}`}>
      {open ? (
        <RuleForm rule={open.rule} partner={partner} hasDefaultRule={hasDefaultRule} onUnsaved={setUnsaved} onDone={close} />
      ) : null}
      <LeaveQuestion open={asking} onStay={() => setAsking(false)} onLeave={close} />
    </Sheet>
  );
}
