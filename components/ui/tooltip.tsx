"use client";

import { Tooltip as Primitive } from "radix-ui";
import type { ReactElement, ReactNode } from "react";

interface Props {
  content: ReactNode;
  /** One focusable element: what only a mouse can reach does not exist for a keyboard. */
  children: ReactElement;
}

const OPEN_DELAY_MS = 250;

export function Tooltip({ content, children }: Props) {
  return (
    <Primitive.Provider delayDuration={OPEN_DELAY_MS}>
      <Primitive.Root>
        <Primitive.Trigger asChild>{children}</Primitive.Trigger>
        <Primitive.Portal>
          <Primitive.Content
            sideOffset={6}
            collisionPadding={12}
            className="z-50 max-w-72 animate-pop-in rounded-lg border bg-surface px-3 py-2 text-ink text-sm shadow-float"
          >
            {content}
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </Primitive.Provider>
  );
}
