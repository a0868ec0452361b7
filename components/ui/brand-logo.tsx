"use client";

import Image from "next/image";
import { useState } from "react";
import { monogram } from "../format/monogram";
import { cn } from "./cn";

const LOGO_PIXELS = 96;

interface Props {
  name: string;
  logoUrl: string | null;
  className?: string;
}

/**
 * Logos come from addresses of the supplier and are not trusted: no referrer is sent, nothing is fetched before it is near,
 * and a picture that does not come is replaced by the brand's letters. Decorative: the name always stands beside it.
 */
export function BrandLogo({ name, logoUrl, className }: Props) {
  const [failedUrl, setFailedUrl] = useState<string | null>(null);
  const shown = logoUrl !== null && logoUrl !== failedUrl;
  return (
    <span
      aria-hidden="true"
      className={cn("grid size-10 shrink-0 place-items-center overflow-hidden rounded-lg border bg-subtle", className)}
    >
      {shown ? (
        <Image
          src={logoUrl}
          alt=""
          width={LOGO_PIXELS}
          height={LOGO_PIXELS}
          // The optimiser would fetch untrusted addresses from our own server.
          unoptimized
          loading="lazy"
          referrerPolicy="no-referrer"
          className="size-full bg-paper object-contain"
          onError={() => setFailedUrl(logoUrl)}
        />
      ) : (
        <span className="font-semibold text-muted text-sm">{monogram(name)}</span>
      )}
    </span>
  );
}
