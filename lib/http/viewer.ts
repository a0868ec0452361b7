import { headers } from "next/headers";
import { notFound as pageNotFound, redirect } from "next/navigation";
import { loadCaller } from "@/lib/auth";
import type { Me } from "@/lib/partners/schemas";

/** Who is looking at a page; null for nobody. */
export async function currentViewer(): Promise<Me | null> {
  return (await loadCaller(await headers()))?.me ?? null;
}

/** A signed-in person, or the way to the sign-in page. */
export async function requireViewer(): Promise<Me> {
  const me = await currentViewer();
  if (!me) redirect("/sign-in");
  return me;
}

/** Our own staff; to anyone else the page does not exist. */
export async function requireStaff(): Promise<Me> {
  const me = await requireViewer();
  if (!me.staffRole) pageNotFound();
  return me;
}
