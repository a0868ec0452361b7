"use client";

import { useRef } from "react";

/** Where the focus goes when what had it is gone: the sheet beneath, or else the page's content. */
const BENEATH = ['[role="dialog"]', "#content"] as const;

/**
 * Gives the focus back to what opened a dialog that has no trigger of its own: `remember` while it opens, `giveBack` when it has closed.
 * What is not on the page any more, cannot have the focus, or lost it before (a button that was busy) is replaced by what is beneath.
 */
export function useOpener() {
  const opener = useRef<Element | null>(null);
  return {
    remember: () => {
      opener.current = openerOf(document.activeElement);
    },
    giveBack: (event: Event) => {
      event.preventDefault();
      const known = opener.current;
      const beneath = BENEATH.map((place) => document.querySelector(place));
      for (const goal of known === document.body ? beneath : [known, ...beneath]) if (takesFocus(goal)) return;
    },
  };
}

/** An item of a menu goes with its menu: the button of the menu stays. */
function openerOf(active: Element | null): Element | null {
  const buttonId = active?.closest('[role="menu"]')?.getAttribute("aria-labelledby");
  return buttonId ? document.getElementById(buttonId) : active;
}

function takesFocus(goal: Element | null): boolean {
  if (!(goal instanceof HTMLElement)) return false;
  goal.focus();
  return document.activeElement === goal;
}
