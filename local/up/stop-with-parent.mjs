// Loaded into `next` before its own code: stops it when its standard input ends, that is when whoever started it is gone, even by a kill -9.
const GRACE_MS = 3_000;

// An error ends the stream as well, and the end is what counts.
process.stdin.on("error", () => undefined);
process.stdin.once("close", () => {
  setTimeout(() => process.exit(0), GRACE_MS).unref();
  process.kill(process.pid, "SIGTERM");
});
process.stdin.resume();
process.stdin.unref?.();
