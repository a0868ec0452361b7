"use client";

import { FullPage } from "@/components/shell/full-page";
import { Button } from "@/components/ui/button";

interface Props {
  error: Error & { digest?: string };
  retry: () => void;
}

export default function ErrorPage({ error, retry }: Props) {
  return (
    <FullPage
      title="This page stumbled"
      action={
        <Button look="primary" onClick={retry}>
          Try again
        </Button>
      }
    >
      Nothing you entered was lost on our side. Try again; if it happens once more, reload the page
      {error.digest ? ` and give support this number: ${error.digest}` : ""}.
    </FullPage>
  );
}
