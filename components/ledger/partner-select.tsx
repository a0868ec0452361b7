"use client";

import { Select } from "../ui/select";
import { useLedgerWallets } from "./api/list-ledger-wallets";

interface Props {
  value: string | null;
  onChange: (partnerId: string | null) => void;
}

/** The partners that have a wallet, as far as the list of wallets was read. */
export function PartnerSelect({ value, onChange }: Props) {
  const wallets = useLedgerWallets().data?.pages.flatMap((page) => page.items) ?? [];
  const names = new Map(wallets.map(({ partnerId, partnerName }) => [partnerId, partnerName]));
  // A partner named in the address is kept even where its name is not read yet.
  if (value !== null && !names.has(value)) names.set(value, "Partner in the address");
  const options = [...names].map(([id, label]) => ({ value: id, label }));
  return (
    <Select label="Partner" anyLabel="All partners" className="sm:w-56" value={value} onChange={onChange} options={options} />
  );
}
