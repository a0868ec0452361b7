"use client";

import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { QueryProvider } from "../http/query-provider";
import { ThemeProvider } from "./theme-provider";
import { Toasts } from "./toasts";

export function Providers({ children }: { children: ReactNode }) {
  return (
    <ThemeProvider>
      <QueryProvider>
        <NuqsAdapter>{children}</NuqsAdapter>
        <Toasts />
      </QueryProvider>
    </ThemeProvider>
  );
}
