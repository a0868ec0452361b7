import type { Limits, WaitingLine } from "./plan-dispatch";

/** What is put together for one checkout: whole lines, merged by product and face value there. */
export class Basket {
  readonly lines: WaitingLine[] = [];
  readonly productIds = new Set<number>();
  private readonly merged = new Set<string>();
  private cards = 0;

  constructor(
    readonly limits: Limits,
    private readonly onProduct: (productId: number) => void,
  ) {}

  /** An empty one holds any line: none is larger than a checkout may be. */
  fits(line: WaitingLine): boolean {
    const { maxCards, maxLines } = this.limits;
    if (this.lines.length === 0) return true;
    return this.cards + line.quantity <= maxCards && (this.merged.size < maxLines || this.merged.has(mergedKey(line)));
  }

  put(line: WaitingLine): void {
    this.lines.push(line);
    this.merged.add(mergedKey(line));
    this.cards += line.quantity;
    if (this.productIds.has(line.productId)) return;
    this.productIds.add(line.productId);
    this.onProduct(line.productId);
  }
}

const mergedKey = ({ productId, faceMinor, faceCurrency }: WaitingLine) => `${productId} ${faceMinor} ${faceCurrency}`;
