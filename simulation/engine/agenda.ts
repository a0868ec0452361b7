interface Appointment {
  atMs: number;
  /** Of two at one moment the first made comes first. */
  order: number;
  happen: () => void;
}

/** What is to happen, in the order of virtual time (a binary heap). */
export class Agenda {
  private readonly heap: Appointment[] = [];
  private made = 0;

  add(atMs: number, happen: () => void): void {
    const { heap } = this;
    const added = { atMs, order: this.made++, happen };
    let place = heap.length;
    heap.push(added);
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !isBefore(added, parent)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = added;
  }

  /** Whether nothing is to happen up to that moment. */
  isFreeUntil(atMs: number): boolean {
    const first = this.heap[0];
    return first === undefined || first.atMs > atMs;
  }

  /** Takes out what comes next; undefined when nothing is left. */
  next(): { atMs: number; happen: () => void } | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) this.sink(last);
    return first;
  }

  private sink(moved: Appointment): void {
    const { heap } = this;
    const size = heap.length;
    let place = 0;
    for (let below = 1; below < size; below = 2 * place + 1) {
      let child = heap[below];
      const right = heap[below + 1];
      let at = below;
      if (child !== undefined && right !== undefined && isBefore(right, child)) {
        child = right;
        at = below + 1;
      }
      if (child === undefined || isBefore(moved, child)) break;
      heap[place] = child;
      place = at;
    }
    heap[place] = moved;
  }
}

function isBefore(a: Appointment, b: Appointment): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
