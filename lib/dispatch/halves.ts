interface Bought {
  orderLineId: string;
  productId: number;
  faceMinor: number;
}

/**
 * A refused purchase of several products travels on in two: the supplier does not say which product is at fault, so halving finds it in
 * few checkouts, where one by one would take as many as there are products. Split by product and face value, so that the same purchase
 * always has the same halves. One product is not split.
 */
export function halvesOf<T extends Bought>(shares: readonly T[]): T[][] {
  const keys = [...new Set(shares.map(keyOf))].sort();
  if (keys.length < 2) return [];
  const first = new Set(keys.slice(0, Math.ceil(keys.length / 2)));
  return [shares.filter((share) => first.has(keyOf(share))), shares.filter((share) => !first.has(keyOf(share)))];
}

/** Those who wait for one product, in two: who came first, and who came last. */
export function firstAndLast<T>(shares: readonly T[]): T[][] {
  const middle = Math.ceil(shares.length / 2);
  return [shares.slice(0, middle), shares.slice(middle)];
}

/** Everything that halving could ever lead to, the whole left out. */
export function partsOf<T extends Bought>(shares: readonly T[]): T[][] {
  return halvesOf(shares).flatMap((half) => [half, ...partsOf(half)]);
}

const keyOf = ({ productId, faceMinor }: Bought) => `${productId}:${faceMinor}`;
