import type { RatesView } from "@/lib/refresh/schemas";
import { Table, Td, Th } from "../../ui/table";
import { moveWords, rateText } from "./rate-words";

/** Where somebody should look: currencies seldom move more within a quarter of an hour. */
const LARGE_MOVE_BASIS_POINTS = 200;

interface Props {
  base: string;
  rates: NonNullable<RatesView["current"]>["rates"];
}

export function RateTable({ base, rates }: Props) {
  // The very first list has nothing to be compared with, and is not new currency by currency.
  const compared = rates.some(({ moveBasisPoints }) => moveBasisPoints !== null);
  return (
    <Table caption="Exchange rates in use" className="max-h-[36rem] overflow-y-auto border-t">
      <thead className="sticky top-0 z-10 bg-surface">
        <tr>
          <Th>Currency</Th>
          <Th className="text-end">For 1 {base}</Th>
          <Th className="text-end">Move</Th>
        </tr>
      </thead>
      <tbody className="[&>tr:last-child>td]:border-b-0">
        {rates.map(({ currency, perBase, moveBasisPoints }) => {
          const large = compared && (moveBasisPoints === null || Math.abs(moveBasisPoints) >= LARGE_MOVE_BASIS_POINTS);
          return (
            <tr key={currency}>
              <Td className="h-10 font-medium">{currency}</Td>
              <Td className="h-10 text-end" title={perBase}>
                {rateText(perBase)}
              </Td>
              <Td className={large ? "h-10 text-end font-medium text-warning" : "h-10 text-end text-muted"}>
                {compared ? moveWords(moveBasisPoints) : "–"}
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
