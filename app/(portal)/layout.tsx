import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { NoPartner } from "@/components/session/no-partner";
import { ToSignIn } from "@/components/session/to-sign-in";
import { ViewerProvider } from "@/components/session/viewer-provider";
import { Shell } from "@/components/shell/shell";
import { HeaderBalance } from "@/components/wallet/header-balance";
import { currentViewer } from "@/lib/http/viewer";

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const me = await currentViewer();
  if (!me) return <ToSignIn />;
  if (!me.partner) {
    if (me.staffRole) redirect("/admin");
    return (
      <ViewerProvider me={me}>
        <NoPartner />
      </ViewerProvider>
    );
  }
  return (
    <ViewerProvider me={me}>
      <Shell
        area="portal"
        place={me.partner.name}
        role={me.partner.role}
        headerEnd={me.permissions.includes("wallet.read") ? <HeaderBalance /> : null}
      >
        {children}
      </Shell>
    </ViewerProvider>
  );
}
