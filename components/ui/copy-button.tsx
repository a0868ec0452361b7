"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { Button } from "./button";

const CONFIRM_MS = 2_000;

interface Props {
  text: string;
  /** The accessible name, such as "Copy code". */
  label: string;
}

export function CopyButton({ text, label }: Props) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), CONFIRM_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => toast.error("The browser did not allow copying. Select the text and copy it by hand."),
    );
  };

  const Icon = copied ? Check : Copy;
  return (
    <Button look="ghost" size="icon" className="size-7" aria-label={copied ? "Copied" : label} onClick={copy}>
      <Icon aria-hidden="true" className={copied ? "text-success" : undefined} />
    </Button>
  );
}
