import type { World } from "./apply";
import type { SandboxEvent, SnapshotHead } from "./events";

/** The whole state as journal lines: shorter than the history that led to it. */
export function* snapshotLines(world: World): Generator<SandboxEvent> {
  const { accounts, pushes, orders, orderIds: _ids, ...plain } = world.state;
  yield {
    t: "snapshot",
    state: { ...plain, accounts: [...accounts.values()], pushes: [...pushes.values()] },
    products: [...world.catalog.changed].flatMap((id) => {
      const product = world.catalog.product(id);
      if (!product) return [];
      const { count, priceMin, priceMax, orderable, name, unlisted, status, modifiedAtMs } = product;
      return [{ id, count, priceMin, priceMax, orderable, name, unlisted, status, atMs: modifiedAtMs }];
    }),
    rates: [...world.rates.overrides],
    clockOffsetMs: world.clock.offsetMs,
  };
  for (const order of orders.values()) yield { t: "order", order };
}

/** The other way round; the orders come in the lines that follow. */
export function restoreSnapshot(world: World, head: SnapshotHead): void {
  world.state = {
    ...head.state,
    accounts: new Map(head.state.accounts.map((account) => [account.id, account])),
    pushes: new Map(head.state.pushes.map((push) => [push.id, push])),
    orders: new Map(),
    orderIds: new Map(),
  };
  for (const { id, atMs, ...change } of head.products) world.catalog.change(id, change, atMs);
  for (const [currency, perUsd] of head.rates) world.rates.overrides.set(currency, perUsd);
  world.clock.setOffset(head.clockOffsetMs);
}
