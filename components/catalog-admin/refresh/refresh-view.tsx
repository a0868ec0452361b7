"use client";

import { useState } from "react";
import type { Refreshes } from "@/lib/refresh/schemas";
import { useNow } from "../../ui/use-now";
import { useRefreshes } from "../api/get-refreshes";
import { ViewState } from "../view-state";
import { RefreshHistory } from "./refresh-history";
import { RefreshPanel } from "./refresh-panel";
import { RefreshProgress } from "./refresh-progress";

/** A read that was asked for begins within seconds; after this long without one the page asks at its usual pace again. */
const BEGINS_WITHIN_MS = 20_000;
const TICK_MS = 1_000;

/** Full reads of the catalogue: the one that runs, when the next may, and what the last ones brought. */
export function RefreshView() {
  const [askedAtMs, setAskedAtMs] = useState<number | null>(null);
  const nowMs = useNow(TICK_MS);
  const asked = askedAtMs !== null && nowMs - askedAtMs < BEGINS_WITHIN_MS;
  const query = useRefreshes(asked);
  return (
    <ViewState query={query} what="the refreshes">
      {(refreshes) => (
        <section aria-label="Refreshes" className="grid grid-cols-1 gap-4">
          <RefreshPanel
            refreshes={refreshes}
            beginning={asked && !beganSince(refreshes, askedAtMs)}
            nowMs={nowMs}
            onAsked={() => setAskedAtMs(Date.now())}
          />
          {refreshes.items.map((item) => (item.status === "running" ? <RefreshProgress key={item.id} refresh={item} /> : null))}
          <RefreshHistory refreshes={refreshes.items} />
        </section>
      )}
    </ViewState>
  );
}

/** Whether something runs, or ran, since the click. The browser's clock may be off by a little. */
function beganSince({ running, items: [newest] }: Refreshes, askedAtMs: number): boolean {
  return running || (newest !== undefined && Date.parse(newest.startedAt) > askedAtMs - TICK_MS);
}
