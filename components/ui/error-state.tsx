import { CloudOff } from "lucide-react";
import { describeError } from "../http/describe-error";
import { Button } from "./button";
import { CopyButton } from "./copy-button";

interface Props {
  error: unknown;
  onRetry: () => void;
  /** True while the retry runs. */
  busy?: boolean;
}

/** In place of content that could not be read: what is wrong, what to do, and the id that support will ask for. */
export function ErrorState({ error, onRetry, busy = false }: Props) {
  const { title, detail, requestId } = describeError(error);
  return (
    <div role="alert" className="flex flex-col items-center px-6 py-16 text-center">
      <span className="mb-4 grid size-12 place-items-center rounded-2xl bg-danger-soft text-danger">
        <CloudOff className="size-6" aria-hidden="true" />
      </span>
      <h2 className="font-semibold text-lg">{title}</h2>
      <p className="mt-1 max-w-md text-balance text-muted">{detail}</p>
      <Button className="mt-5" onClick={onRetry} busy={busy}>
        Try again
      </Button>
      {requestId ? <RequestId id={requestId} /> : null}
    </div>
  );
}

function RequestId({ id }: { id: string }) {
  return (
    <p className="mt-5 flex items-center gap-1 text-faint text-xs">
      Request id <span className="font-mono">{id}</span>
      <CopyButton text={id} label="Copy request id" />
    </p>
  );
}
