"use client";

import { useState } from "react";
import { toast } from "sonner";
import { brandSwitchInput, type StaffBrand } from "@/lib/availability/schemas";
import { countOf } from "../../format/number";
import { Button } from "../../ui/button";
import { Field, fieldNoteId } from "../../ui/field";
import { Input } from "../../ui/input";
import { useSwitchBrand } from "../api/switch-brand";
import { Question } from "../question";

interface Props {
  brand: StaffBrand;
  may: boolean;
  noteId: string;
}

/** The kill switch: asks first, both ways, and says what it does. What was asked stays asked, whatever is read meanwhile. */
export function BrandSwitch({ brand, may, noteId }: Props) {
  const [asking, setAsking] = useState<"on" | "off" | null>(null);
  const wish = brand.switchedOff ? "on" : "off";
  return (
    <>
      <Button
        size="sm"
        disabled={!may}
        aria-describedby={may ? undefined : noteId}
        aria-label={`Switch ${brand.name} ${wish}`}
        onClick={() => setAsking(wish)}
      >
        Switch {wish}
      </Button>
      {asking === "off" ? <AskOff brand={brand} onClose={() => setAsking(null)} /> : null}
      {asking === "on" ? <AskOn brand={brand} onClose={() => setAsking(null)} /> : null}
    </>
  );
}

interface AskProps {
  brand: StaffBrand;
  onClose: () => void;
}

function AskOff({ brand, onClose }: AskProps) {
  const [because, setBecause] = useState("");
  const [checkedOnce, setCheckedOnce] = useState(false);
  const mutation = useSwitchBrand(brand.id);
  const input = brandSwitchInput.safeParse({ on: false, because });
  const problem = input.success ? undefined : input.error.issues[0]?.message;
  const fieldId = `because-${brand.id}`;

  const confirm = () => {
    setCheckedOnce(true);
    if (!input.success) {
      document.getElementById(fieldId)?.focus();
      return;
    }
    mutation.mutate(input.data, {
      onSuccess: ({ returnedLines }) => {
        toast.success(`${brand.name} is switched off`, {
          description:
            returnedLines === 0
              ? "No order line was waiting for it."
              : `${countOf(returnedLines, "order line")} given back, with the money.`,
        });
        onClose();
      },
    });
  };

  return (
    <Question
      open
      onClose={onClose}
      title={`Switch ${brand.name} off?`}
      description={offWords(brand)}
      confirmLabel="Yes, switch it off"
      cancelLabel="Keep it on"
      busy={mutation.isPending}
      look="danger"
      error={mutation.error}
      onConfirm={confirm}
    >
      <ReasonField id={fieldId} value={because} onChange={setBecause} problem={checkedOnce ? problem : undefined} />
    </Question>
  );
}

interface ReasonProps {
  id: string;
  value: string;
  onChange: (value: string) => void;
  problem: string | undefined;
}

function ReasonField({ id, value, onChange, problem }: ReasonProps) {
  return (
    <Field id={id} label="Why" hint="Other admins see it. Partners do not." error={problem}>
      <Input
        id={id}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={problem !== undefined}
        aria-describedby={fieldNoteId(id)}
      />
    </Field>
  );
}

function AskOn({ brand, onClose }: AskProps) {
  const mutation = useSwitchBrand(brand.id);
  const confirm = () =>
    mutation.mutate(
      { on: true },
      {
        onSuccess: () => {
          toast.success(`${brand.name} is on again`, { description: "Partners can order it from now on." });
          onClose();
        },
      },
    );
  return (
    <Question
      open
      onClose={onClose}
      title={`Switch ${brand.name} on again?`}
      description={`Partners can order ${productsOf(brand)} at once. Order lines that were given back stay so: partners order them anew.`}
      confirmLabel="Yes, switch it on"
      cancelLabel="Keep it off"
      busy={mutation.isPending}
      look="primary"
      error={mutation.error}
      onConfirm={confirm}
    />
  );
}

function offWords(brand: StaffBrand): string {
  return `From now on no partner can order ${productsOf(brand)}. ${waitingWords(brand)} What was sent to the supplier goes on.`;
}

function waitingWords({ waitingLines }: StaffBrand): string {
  if (waitingLines === 0) return "No order line waits for it now; one that comes meanwhile is given back.";
  const fate = waitingLines === 1 ? "waits unsent for it is" : "wait unsent for it are";
  return `${countOf(waitingLines, "order line")} that ${fate} given back, with the money.`;
}

const productsOf = ({ products }: StaffBrand): string =>
  products === 1 ? "its one product" : `any of its ${countOf(products, "product")}`;
