/** What happened when, for people. */
export class Story {
  private readonly startedAtMs = performance.now();
  private lines: string[] = [];

  say(what: string): void {
    const seconds = (performance.now() - this.startedAtMs) / 1_000;
    this.lines.push(`${seconds.toFixed(1).padStart(7)} s  ${what}`);
  }

  /** Prints what was said since it last did. */
  print(): void {
    console.log(this.lines.splice(0).join("\n"));
  }
}
