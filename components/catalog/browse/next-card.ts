export interface Spot {
  top: number;
  left: number;
}

/**
 * Which of the cards laid out at `spots` an arrow key leads to from `index`: the neighbour in reading order, or the nearest one in the next
 * row up or down. "search" above the first row; null where the key leads nowhere.
 */
export function nextCard(spots: readonly Spot[], index: number, key: string, rtl: boolean): number | "search" | null {
  const here = spots[index];
  if (!here) return null;
  const within = (wanted: number) => (spots[wanted] ? wanted : null);
  if (key === "ArrowRight") return within(index + (rtl ? -1 : 1));
  if (key === "ArrowLeft") return within(index + (rtl ? 1 : -1));
  if (key === "Home") return 0;
  if (key === "End") return spots.length - 1;
  if (key === "ArrowDown")
    return inRow(
      spots,
      here,
      nearestTop(spots, (top) => top > here.top, Math.min),
    );
  if (key !== "ArrowUp") return null;
  return (
    inRow(
      spots,
      here,
      nearestTop(spots, (top) => top < here.top, Math.max),
    ) ?? "search"
  );
}

function nearestTop(spots: readonly Spot[], counts: (top: number) => boolean, pick: (...tops: number[]) => number) {
  const tops = spots.map(({ top }) => top).filter(counts);
  return tops.length === 0 ? null : tops.reduce((a, b) => pick(a, b));
}

function inRow(spots: readonly Spot[], { left }: Spot, rowTop: number | null): number | null {
  let nearest: number | null = null;
  let distance = Number.POSITIVE_INFINITY;
  spots.forEach((spot, index) => {
    if (spot.top !== rowTop || Math.abs(spot.left - left) >= distance) return;
    nearest = index;
    distance = Math.abs(spot.left - left);
  });
  return nearest;
}
