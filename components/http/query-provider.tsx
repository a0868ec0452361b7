"use client";

import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { leaveForSignIn } from "../session/leave-for-sign-in";
import { hasCode } from "./api-error";
import { shouldRetryRead } from "./retry";

const FRESH_MS = 10_000;

/** Server state of the whole portal. A session that ended anywhere leads to the sign-in page and back. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        queryCache: new QueryCache({
          onError: (error) => {
            if (hasCode(error, "unauthenticated")) leaveForSignIn();
          },
        }),
        defaultOptions: {
          queries: { staleTime: FRESH_MS, retry: shouldRetryRead },
          // Offline a press fails at once and says so; it must not wait and act by itself when the line is back.
          mutations: { retry: false, networkMode: "always" },
        },
      }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
