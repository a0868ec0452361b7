import Link from "next/link";
import type { Alert } from "@/lib/alerts/schemas";
import { countOf } from "../format/number";
import { Badge } from "../ui/badge";
import { RelativeTime } from "../ui/relative-time";
import { AcknowledgeAlert } from "./acknowledge-alert";
import { alertLook } from "./alert-look";
import { subjectHref } from "./subject-href";

interface Props {
  alert: Alert;
  mayAcknowledge: boolean;
}

export function AlertItem({ alert, mayAcknowledge }: Props) {
  const { id, kind, title, times, createdAt, lastSeenAt, resolvedAt, acknowledgedAt } = alert;
  const { label, tone, icon } = alertLook(alert);
  const titleId = `alert-${id}`;
  return (
    <li className="px-5 py-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p id={titleId} className="min-w-0 break-words font-medium">
          {title}
        </p>
        <Badge tone={tone} icon={icon}>
          {label}
        </Badge>
      </div>
      <p className="mt-1 break-all font-mono text-muted text-sm">
        {kind} · <Subject subject={alert.subject} />
      </p>
      <Detail detail={alert.detail} />
      <div className="mt-1 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="text-faint text-sm">
          Seen {countOf(times, "time")}, first <RelativeTime iso={createdAt} />, last <RelativeTime iso={lastSeenAt} />
          {acknowledgedAt === null ? null : (
            <>
              {" "}
              · acknowledged by {alert.acknowledgedBy ?? "somebody"}, <RelativeTime iso={acknowledgedAt} />
            </>
          )}
          {resolvedAt === null ? null : (
            <>
              {" "}
              · resolved <RelativeTime iso={resolvedAt} />
            </>
          )}
        </p>
        {mayAcknowledge && acknowledgedAt === null && resolvedAt === null ? (
          <AcknowledgeAlert alert={alert} titleId={titleId} />
        ) : null}
      </div>
    </li>
  );
}

function Subject({ subject }: { subject: string }) {
  const href = subjectHref(subject);
  return href === null ? (
    subject
  ) : (
    <Link href={href} className="text-accent-text underline underline-offset-2">
      {subject}
    </Link>
  );
}

/** The ids, counts and amounts that help to find the cause. */
function Detail({ detail }: Pick<Alert, "detail">) {
  const facts = Object.entries(detail);
  if (facts.length === 0) return null;
  return (
    <details className="mt-1 text-sm">
      <summary className="w-fit cursor-pointer rounded-md text-muted hover:text-ink">What is known</summary>
      <dl className="mt-1 grid gap-1">
        {facts.map(([name, value]) => (
          <div key={name} className="flex flex-wrap gap-x-2">
            <dt className="text-faint">{name}</dt>
            <dd className="min-w-0 break-all font-mono">{typeof value === "string" ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
