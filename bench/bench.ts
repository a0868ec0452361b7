/** What a bench gets from the command line. */
export interface BenchOptions {
  /** How long each cell is measured for, warm-up not counted. */
  seconds: number;
  /** Only cells whose name contains this, in a bench whose cells have names; absent: all. */
  only?: string;
  /** Aborted by Ctrl-C: whatever was started is stopped and the data go. */
  signal: AbortSignal;
  /** A line of progress for a person. */
  say: (line: string) => void;
}

export interface Bench {
  /** One line for the list of benches. */
  title: string;
  /** What it starts, for a person. */
  starts: string;
  /** How long each cell takes unless told; four seconds unless the bench says otherwise. */
  seconds?: number;
  /** Measures, says its table, and gives the figures that go out as JSON. */
  run(options: BenchOptions): Promise<Record<string, number>>;
}
