import type { SupplierView } from "@/lib/supplier/schemas";
import { Panel } from "../ui/card";
import { Notice } from "../ui/notice";
import { ChangesPanel } from "./changes-panel";
import { EndpointCards } from "./endpoint-cards";
import { EndpointTable } from "./endpoint-table";
import { standstills } from "./limit-words";
import { ProductPanel } from "./product-panel";
import { RefreshPanel } from "./refresh-panel";
import { WaitingPanel } from "./waiting-panel";

/** Top to bottom: does anything stand still, what may be called, what waits, what happened. */
export function SupplierBoard({ supplier }: { supplier: SupplierView }) {
  return (
    <div className="grid grid-cols-1 gap-4">
      {standstills(supplier).map((words) => (
        <Notice key={words} tone="danger" announce>
          {words}
        </Notice>
      ))}
      <Panel title="Endpoints" aside="Shared by every instance" className="overflow-hidden">
        <EndpointTable supplier={supplier} />
        <EndpointCards supplier={supplier} />
      </Panel>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <WaitingPanel queue={supplier.queue} at={supplier.at} />
        <ProductPanel products={supplier.products} at={supplier.at} />
        <ChangesPanel changes={supplier.changes} />
        <RefreshPanel />
      </div>
    </div>
  );
}
