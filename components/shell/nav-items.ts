import { Activity, Bell, BookOpenText, Gift, Hourglass, type LucideIcon, ReceiptText, Truck, Wallet } from "lucide-react";

export interface NavItem {
  href: string;
  label: string;
  icon: LucideIcon;
}

/** Which part of Steller a page belongs to. Named by a word, as a server component cannot hand icons to a client one. */
export type Area = "portal" | "admin";

export const NAV_ITEMS: Record<Area, readonly NavItem[]> = {
  portal: [
    { href: "/catalogue", label: "Catalogue", icon: Gift },
    { href: "/orders", label: "Orders", icon: ReceiptText },
    { href: "/wallet", label: "Wallet", icon: Wallet },
  ],
  admin: [
    { href: "/admin", label: "Metrics", icon: Activity },
    { href: "/admin/supplier", label: "Supplier", icon: Truck },
    { href: "/admin/catalogue", label: "Catalogue", icon: Gift },
    { href: "/admin/stuck", label: "Stuck", icon: Hourglass },
    { href: "/admin/ledger", label: "Ledger", icon: BookOpenText },
    { href: "/admin/alerts", label: "Alerts", icon: Bell },
  ],
};

export const AREA_HOME: Record<Area, string> = { portal: "/catalogue", admin: "/admin" };
