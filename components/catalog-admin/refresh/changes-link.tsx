import Link from "next/link";
import { formatDate } from "../../format/time";

/** To what one read changed. */
export function ChangesLink({ refreshId, startedAt }: { refreshId: string; startedAt: string }) {
  return (
    <Link
      href={`/admin/catalogue?view=changes&refresh=${refreshId}`}
      aria-label={`Changes of the refresh of ${formatDate(startedAt)}`}
      className="rounded-sm text-accent-text text-sm underline underline-offset-2"
    >
      Changes
    </Link>
  );
}
