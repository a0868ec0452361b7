import { apiPath, type Endpoint } from "../http/endpoint";
import { json } from "../http/reply";
import { fromUnits } from "../money/amount";

export const accountEndpoints: readonly Endpoint[] = [
  {
    name: "accounts",
    method: "GET",
    path: apiPath(1, "accounts"),
    answer: ({ sandbox }) => {
      const available = sandbox.modes.balanceShows === "available";
      const accounts = [...sandbox.world.state.accounts.values()].map((account) => ({
        id: account.id,
        currency: account.currency,
        balance: fromUnits(account.balance - (available ? account.reserved : 0)),
        isActive: account.isActive,
        sandboxMode: true,
      }));
      return json(200, { accounts });
    },
  },
];
