"use client";

import { useTheme } from "next-themes";
import { Toaster } from "sonner";

export function Toasts() {
  const { resolvedTheme } = useTheme();
  return (
    <Toaster
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="top-center"
      offset={72}
      mobileOffset={{ top: 64 }}
      toastOptions={{
        classNames: {
          toast: "!rounded-xl !border-line !bg-surface !text-ink !shadow-float !font-sans",
          description: "!text-muted",
        },
      }}
    />
  );
}
