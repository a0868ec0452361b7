"use client";

import { LogOut } from "lucide-react";
import { monogram } from "../format/monogram";
import { useMe } from "../session/api/get-me";
import { signOut } from "../session/api/sign-out";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "../ui/menu";

export function UserMenu() {
  const me = useMe();
  if (!me) return null;
  const role = me.partner?.role ?? me.staffRole ?? "";
  const trigger = (
    <button
      type="button"
      aria-label={`Account of ${me.user.name}`}
      className="grid size-9 place-items-center rounded-full bg-accent-soft font-semibold text-accent-text text-sm transition-shadow hover:ring-2 hover:ring-accent/40"
    >
      {monogram(me.user.name)}
    </button>
  );
  return (
    <Menu trigger={trigger}>
      <MenuLabel>
        <span className="block font-medium">{me.user.name}</span>
        <span className="block text-faint text-sm">{me.user.email}</span>
        <span className="mt-1 block text-muted text-sm">
          {me.partner?.name ?? "Steller staff"} · <span className="capitalize">{role}</span>
        </span>
      </MenuLabel>
      <MenuSeparator />
      <MenuItem onSelect={() => void signOut()}>
        <LogOut aria-hidden="true" />
        Sign out
      </MenuItem>
    </Menu>
  );
}
