"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { Me } from "@/lib/partners/schemas";
import { meOptions } from "./api/get-me";

/** Puts the viewer that the server has checked into the cache before anything below asks for it. */
export function ViewerProvider({ me, children }: { me: Me; children: ReactNode }) {
  const client = useQueryClient();
  useState(() => client.setQueryData(meOptions.queryKey, me));
  return children;
}
