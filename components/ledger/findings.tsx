import type { LedgerFinding } from "@/lib/wallet/ledger.schemas";
import { formatMoney } from "../format/money";
import { formatCount } from "../format/number";
import { Notice } from "../ui/notice";
import { FINDING_WORDS } from "./ledger-words";

const SHOWN = 10;

/** What the last check found wrong. */
export function Findings({ findings, found }: { findings: readonly LedgerFinding[]; found: number }) {
  const shown = findings.slice(0, SHOWN);
  return (
    <div className="mt-3">
      <Notice tone="danger">
        <ul className="grid gap-1.5">
          {shown.map(({ kind, subject, currency, expectedMinor, actualMinor }) => (
            <li key={`${kind} ${subject} ${currency}`} className="break-words">
              <strong className="font-semibold">{FINDING_WORDS[kind]}</strong> ({subject}): expected{" "}
              {formatMoney({ amountMinor: expectedMinor, currency })}, found {formatMoney({ amountMinor: actualMinor, currency })}
              .
            </li>
          ))}
          {found > shown.length ? <li>And {formatCount(found - shown.length)} more.</li> : null}
        </ul>
      </Notice>
    </div>
  );
}
