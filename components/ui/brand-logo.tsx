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

/** Of our own origin: `//host` would be another. */
const OWN_PATH = /^\/(?!\/)/;

/**
 * Logos come through our own route, which fetches them from the supplier: any other address is not asked for, and the page's policy would
 * refuse it. A picture that does not come is replaced by the brand's letters. Decorative: the name always stands beside it.
 */
export function BrandLogo({ name, logoUrl, className }: Props) {
  const [failedUrl, setFailedUrl] = useState<string | null>(null);
  const shown = logoUrl !== null && OWN_PATH.test(logoUrl) && logoUrl !== failedUrl;
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
          // The optimiser would read pictures that nobody vouches for in our own process; next.config.ts has it off.
          unoptimized
          loading="lazy"
          // Names and prices are what is read first.
          fetchPriority="low"
          className="size-full bg-paper object-contain"
          onError={() => setFailedUrl(logoUrl)}
        />
      ) : (
        <span className="font-semibold text-muted text-sm">{monogram(name)}</span>
      )}
    </span>
  );
}
