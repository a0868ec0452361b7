import Link from "next/link";
import { FullPage } from "@/components/shell/full-page";
import { buttonStyles } from "@/components/ui/button";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <FullPage
      title="There is nothing here"
      action={
        <Link href="/" className={buttonStyles({ look: "primary" })}>
          Go to the start page
        </Link>
      }
    >
      The address may be mistyped, or it belongs to someone else. Check it, or begin again from the start page.
    </FullPage>
  );
}
