"use client";

import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { useOpener } from "./use-opener";

interface Props {
  open: boolean;
  onClose: () => void;
  title: string;
  /** Room for a form and what follows from it, side by side, below the title. Otherwise the content shows a title of its own. */
  wide?: boolean;
  /** What to focus after closing, where that is not what opened it. */
  returnFocusTo?: () => HTMLElement | null;
  children: ReactNode;
}

/** A panel over the page: from the reading end on a wide screen, from below on a phone. It gives the focus back to what opened it. */
export function Sheet({ open, onClose, title, wide = false, returnFocusTo, children }: Props) {
  const { remember, giveBack } = useOpener();
  const returnFocus = (event: Event) => {
    const goal = returnFocusTo?.();
    if (!goal) return giveBack(event);
    event.preventDefault();
    goal.focus();
  };
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-overlay data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={remember}
          onCloseAutoFocus={returnFocus}
          className={cn(
            "sheet fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] flex-col rounded-t-2xl border-t bg-surface shadow-float outline-none data-[state=closed]:animate-sheet-out data-[state=open]:animate-sheet-in md:inset-x-auto md:inset-y-0 md:end-0 md:max-h-none md:rounded-none md:border-s md:border-t-0",
            wide ? "md:w-[min(68rem,94vw)]" : "md:w-[30rem]",
          )}
        >
          <Dialog.Title className={wide ? "border-b px-6 py-4 pe-14 font-semibold text-xl" : "sr-only"}>{title}</Dialog.Title>
          {children}
          <Dialog.Close asChild>
            <Button look="ghost" size="icon" aria-label="Close" className="absolute end-3 top-3 bg-surface/90">
              <X aria-hidden="true" />
            </Button>
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
