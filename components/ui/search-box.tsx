"use client";

import { Search, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "./button";
import { Input } from "./input";

interface Props {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
}

const MAX_LENGTH = 100;

/** A search field that "/" leads to from anywhere on the page. */
export function SearchBox({ label, placeholder, value, onChange }: Props) {
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener("keydown", focus);
    return () => document.removeEventListener("keydown", focus);
  }, []);

  return (
    <div className="relative">
      <Search className="pointer-events-none absolute start-3 top-1/2 size-4 -translate-y-1/2 text-faint" aria-hidden="true" />
      <Input
        ref={input}
        type="search"
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={placeholder}
        maxLength={MAX_LENGTH}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="ps-9 pe-10 [&::-webkit-search-cancel-button]:hidden"
      />
      {value === "" ? (
        <span
          aria-hidden="true"
          className="pointer-events-none absolute end-2.5 top-1/2 hidden size-5 -translate-y-1/2 place-items-center rounded border bg-subtle text-faint text-xs md:grid"
        >
          /
        </span>
      ) : (
        <Button
          look="ghost"
          size="icon"
          aria-label="Clear search"
          className="absolute end-1 top-1/2 size-7 -translate-y-1/2"
          onClick={() => {
            onChange("");
            input.current?.focus();
          }}
        >
          <X aria-hidden="true" />
        </Button>
      )}
    </div>
  );
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName) ||
    target.closest('[role="dialog"]') !== null
  );
}
