"use client";

import { useCallback, useEffect, useState } from "react";
import type { Reveal } from "@/lib/cards/schemas";
import { revealCard } from "./api/reveal-card";

const SHOWN_SECONDS = 30;
const SECOND_MS = 1_000;

/**
 * A revealed code lives in this component's state and nowhere else. It goes after thirty seconds, when the tab is hidden,
 * and when the component leaves the page; an answer that comes to a hidden tab is dropped unseen.
 */
export function useReveal(cardId: string) {
  const [reveal, setReveal] = useState<Reveal | null>(null);
  const [secondsLeft, setSecondsLeft] = useState(0);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const hide = useCallback(() => setReveal(null), []);

  const show = async () => {
    setBusy(true);
    setError(null);
    try {
      const answer = await revealCard(cardId);
      if (document.visibilityState === "hidden") return;
      setSecondsLeft(SHOWN_SECONDS);
      setReveal(answer);
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  };

  useHideWhenTabHides(reveal !== null, hide);

  useEffect(() => {
    if (reveal === null) return;
    const endsAtMs = Date.now() + SHOWN_SECONDS * SECOND_MS;
    const timer = setInterval(() => {
      const leftMs = endsAtMs - Date.now();
      if (leftMs <= 0) hide();
      else setSecondsLeft(Math.ceil(leftMs / SECOND_MS));
    }, SECOND_MS);
    return () => clearInterval(timer);
  }, [reveal, hide]);

  return { reveal, secondsLeft, busy, error, show: () => void show(), hide };
}

function useHideWhenTabHides(shown: boolean, hide: () => void) {
  useEffect(() => {
    if (!shown) return;
    const onChange = () => {
      if (document.visibilityState === "hidden") hide();
    };
    document.addEventListener("visibilitychange", onChange);
    return () => document.removeEventListener("visibilitychange", onChange);
  }, [shown, hide]);
}
