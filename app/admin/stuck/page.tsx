import type { Metadata } from "next";
import { StuckScreen } from "@/components/stuck/stuck-screen";

export const metadata: Metadata = { title: "Stuck" };

export default function StuckPage() {
  return <StuckScreen />;
}
