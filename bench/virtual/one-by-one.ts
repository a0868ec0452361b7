import { BaseDrainer, type Choose } from "./base-drainer";
import { limitsOf } from "./drainer";
import { limits } from "./place-order-limits";
import { VirtualSupplier } from "./supplier";
import type { World } from "./world";

const POLLS = 2;
const LOOK_AGAIN_MS = 250;

/** The obvious design, under the same limits: an order is a checkout and two reads, the oldest whose product has a place goes first. */
export class OneByOneDrainer extends BaseDrainer {
  constructor(world: World) {
    super(world, new VirtualSupplier(world, POLLS), chooserOf(world));
  }
}

function chooserOf(world: World): Choose {
  return () => {
    const use = limits.productUse(world);
    const { productLimit } = limitsOf(world);
    for (const { line } of world.waiting.all()) {
      if ((use.get(line.productId)?.length ?? 0) < productLimit) return { lines: [line] };
    }
    return { waitMs: LOOK_AGAIN_MS };
  };
}
