"use client";

import { type RefObject, useEffect } from "react";
import { nextCard } from "./next-card";

/** Arrow keys lead from the search to the cards, among them and back; Enter in the search goes to the first, on a card it opens it. */
export function useCardKeys(area: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const within = area.current;
    if (!within) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || event.shiftKey || event.isComposing) return;
      if (!(event.target instanceof HTMLElement) || !within.contains(event.target)) return;
      const goal = goalOf(within, event.target, event.key);
      if (!goal) return;
      event.preventDefault();
      goal.focus();
    };
    within.addEventListener("keydown", onKey);
    return () => within.removeEventListener("keydown", onKey);
  }, [area]);
}

function goalOf(within: HTMLElement, from: HTMLElement, key: string): HTMLElement | null {
  const cards = [...within.querySelectorAll<HTMLElement>("[data-card]")];
  const search = within.querySelector<HTMLElement>('input[type="search"]');
  if (from === search) return key === "ArrowDown" || key === "Enter" ? (cards[0] ?? null) : null;
  const index = cards.indexOf(from);
  if (index === -1) return null;
  const spots = cards.map((card) => {
    // The cards of a row are as high as each other, whatever the length of their names.
    const { top, left } = (card.closest("li") ?? card).getBoundingClientRect();
    return { top: Math.round(top), left: Math.round(left) };
  });
  const goal = nextCard(spots, index, key, getComputedStyle(within).direction === "rtl");
  return goal === "search" ? search : goal === null ? null : (cards[goal] ?? null);
}
