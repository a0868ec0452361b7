import { redirect } from "next/navigation";
import { homeOf } from "@/components/session/home-of";
import { currentViewer } from "@/lib/http/viewer";

export default async function StartPage() {
  const me = await currentViewer();
  redirect(me ? homeOf(me) : "/sign-in");
}
