"use client";

import { debounce, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { ORDER_STATES } from "@/lib/orders/states.shared";
import { PageHeader } from "../ui/page-header";
import { SearchBox } from "../ui/search-box";
import { Select } from "../ui/select";
import { useDebounced } from "../ui/use-debounced";
import { OrderList } from "./order-list";
import { STATUS_LOOKS } from "./status-look";

const URL_REST_MS = 300;
const SEARCH_REST_MS = 200;

const parsers = {
  search: parseAsString.withDefault("").withOptions({ limitUrlUpdates: debounce(URL_REST_MS) }),
  status: parseAsStringLiteral(ORDER_STATES),
};

const statusOptions = ORDER_STATES.map((value) => ({ value, label: STATUS_LOOKS[value].label }));

export function OrdersScreen() {
  const [filters, setFilters] = useQueryStates(parsers);
  const search = useDebounced(filters.search.trim(), SEARCH_REST_MS);
  const chooseStatus = (value: string | null) => setFilters({ status: ORDER_STATES.find((state) => state === value) ?? null });
  return (
    <>
      <PageHeader title="Orders" description="Everything your team has ordered, newest first." />
      <search className="mb-5 grid gap-2 sm:flex">
        <div className="sm:max-w-md sm:flex-1">
          <SearchBox
            label="Search orders"
            placeholder="Number, reference or product"
            value={filters.search}
            onChange={(value) => setFilters({ search: value })}
          />
        </div>
        <Select
          label="Status"
          anyLabel="All statuses"
          className="sm:w-56"
          value={filters.status}
          onChange={chooseStatus}
          options={statusOptions}
        />
      </search>
      <OrderList filters={{ status: filters.status, search }} onClear={() => setFilters(null)} />
    </>
  );
}
