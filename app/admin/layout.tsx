import type { ReactNode } from "react";
import { ViewerProvider } from "@/components/session/viewer-provider";
import { Shell } from "@/components/shell/shell";
import { requireStaff } from "@/lib/http/viewer";

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const me = await requireStaff();
  return (
    <ViewerProvider me={me}>
      <Shell area="admin" place="Steller staff" role={me.staffRole ?? ""}>
        {children}
      </Shell>
    </ViewerProvider>
  );
}
