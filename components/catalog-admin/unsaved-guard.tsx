"use client";

import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { LeaveQuestion } from "./leave-question";

interface Guard {
  hold: (unsaved: boolean) => void;
  leave: (go: () => void) => void;
}

const GuardContext = createContext<Guard>({ hold: () => undefined, leave: (go) => go() });

/** Asks before a tab or a partner is left while something below it is not saved. */
export function UnsavedGuard({ children }: { children: ReactNode }) {
  const unsaved = useRef(false);
  const [wish, setWish] = useState<{ go: () => void } | null>(null);
  const [guard] = useState<Guard>(() => ({
    hold: (held) => {
      unsaved.current = held;
    },
    leave: (go) => (unsaved.current ? setWish({ go }) : go()),
  }));
  const leave = () => {
    setWish(null);
    wish?.go();
  };
  return (
    <GuardContext.Provider value={guard}>
      {children}
      <LeaveQuestion open={wish !== null} onStay={() => setWish(null)} onLeave={leave} />
    </GuardContext.Provider>
  );
}

/** Goes on at once, or after the question where something is not saved. */
export const useLeave = () => useContext(GuardContext).leave;

/** Holds the tab, the partner and the page itself while `unsaved`. One at a time. */
export function useUnsaved(unsaved: boolean): void {
  const { hold } = useContext(GuardContext);
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    hold(true);
    window.addEventListener("beforeunload", warn);
    return () => {
      hold(false);
      window.removeEventListener("beforeunload", warn);
    };
  }, [unsaved, hold]);
}
