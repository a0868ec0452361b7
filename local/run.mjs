// The first thing that runs in a fresh clone: plain JavaScript without a package. Installs what is missing, then hands over.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const ENTRIES = {
  start: ["local/up.ts", "start"],
  dev: ["local/up.ts", "dev"],
  test: ["local/test.ts"],
  simulate: ["simulation/main.ts"],
  bench: ["bench/main.ts"],
  recover: ["local/recover.ts"],
};
const STAMP = join(ROOT, "node_modules", ".steller-lock");
const LOG = join(ROOT, ".data", "logs", "install.log");
const TAIL_LINES = 15;
const TERMINAL_TICK_MS = 1_000;
const PLAIN_TICK_MS = 15_000;
const PARENT_TICK_MS = 300;

async function main() {
  const [command, ...args] = process.argv.slice(2);
  if (!Object.hasOwn(ENTRIES, command ?? "")) fail(`Usage: node local/run.mjs ${Object.keys(ENTRIES).join("|")} [arguments]`);
  checkNode();
  if (!isInstalled()) await install();
  await handOver([...ENTRIES[command], ...args]);
}

function checkNode() {
  const wanted = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).engines.node.replace(/[^\d.]/g, "");
  const [major, minor] = wanted.split(".").map(Number);
  const [ourMajor, ourMinor] = process.versions.node.split(".").map(Number);
  if (ourMajor > major || (ourMajor === major && ourMinor >= minor)) return;
  fail(
    `Steller needs Node ${wanted} or newer; this is ${process.versions.node} (${process.execPath}).\nInstall a newer Node, then run the same command again.`,
  );
}

/** The stamp is written after a whole install only; without one (installed by hand) npm's own record is compared. */
function isInstalled() {
  if (!existsSync(join(ROOT, "node_modules"))) return false;
  if (existsSync(STAMP)) return readFileSync(STAMP, "utf8") === lockHash();
  if (!matchesNpmRecord()) return false;
  writeFileSync(STAMP, lockHash());
  return true;
}

function lockHash() {
  return createHash("sha256")
    .update(readFileSync(join(ROOT, "package-lock.json")))
    .digest("hex");
}

function matchesNpmRecord() {
  const path = join(ROOT, "node_modules", ".package-lock.json");
  if (!existsSync(path)) return false;
  const installed = JSON.parse(readFileSync(path, "utf8")).packages;
  const wanted = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")).packages;
  return Object.entries(wanted).every(
    ([at, entry]) =>
      at === "" ||
      (installed[at] ? installed[at].version === entry.version : entry.optional === true || entry.extraneous === true),
  );
}

/** `npm ci`, with a sign of life: the first install takes a minute or two. */
async function install() {
  const startedAt = Date.now();
  const elapsed = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
  const terminal = process.stdout.isTTY;
  const say = () =>
    process.stdout.write(`${terminal ? "\r" : ""}  Installing packages (npm ci) ... ${elapsed()}${terminal ? " " : "\n"}`);
  console.log(
    existsSync(join(ROOT, "node_modules"))
      ? "The packages differ from package-lock.json."
      : "Nothing is installed yet. The first install takes a minute or two.",
  );
  say();
  const ticking = setInterval(say, terminal ? TERMINAL_TICK_MS : PLAIN_TICK_MS);
  const { code, output } = await npmCi();
  clearInterval(ticking);
  if (code === 0) {
    writeFileSync(STAMP, lockHash());
    console.log(`${terminal ? "\r" : ""}  Installed packages in ${elapsed()}.          `);
    return;
  }
  const tail = output
    .trimEnd()
    .split("\n")
    .slice(-TAIL_LINES)
    .map((line) => `  | ${line}`);
  fail(
    `\nThe packages could not be installed (npm ci ended with ${code}). Its last words:\n${tail.join("\n")}\nThe whole log: ${LOG}\n` +
      "Next: see that the npm registry can be reached (npm ping) and that the disk has 2 GB free, then run the same command again.",
  );
}

function npmCi() {
  mkdirSync(dirname(LOG), { recursive: true });
  const log = createWriteStream(LOG);
  const args = ["ci", "--no-audit", "--no-fund", "--include=dev", "--include=optional"];
  const script = process.env.npm_execpath;
  const options = { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NODE_ENV: "" } };
  const child = script?.endsWith(".js")
    ? spawn(process.execPath, [script, ...args], options)
    : spawn("npm", args, { ...options, shell: process.platform === "win32" });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text) => {
      output += text;
      log.write(text);
    });
  }
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: error.message, output }));
    child.once("close", (code, signal) => resolve({ code: signal ?? code, output }));
  });
}

/**
 * Runs the TypeScript entry and ends as it ends. Signals are passed on; one that a terminal gave to both of us comes twice and counts once.
 * The channel between us tells it when we are gone; and when npm above us is gone, we go.
 */
function handOver([file, ...args]) {
  const tsx = pathToFileURL(join(ROOT, "node_modules", "tsx", "dist", "loader.mjs")).href;
  const child = spawn(process.execPath, ["--import", tsx, join(ROOT, file), ...args], {
    cwd: ROOT,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  if (process.env.npm_lifecycle_event) {
    const above = whoIsAbove();
    setInterval(() => {
      if (whoIsAbove() !== above && child.connected) child.disconnect();
    }, PARENT_TICK_MS).unref();
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once("error", (error) => fail(`${file} could not be started: ${error.message}`));
    child.once("exit", (code, signal) => {
      process.exitCode = code ?? 1;
      if (signal) console.error(`${file} was ended by ${signal}.`);
      resolve();
    });
  });
}

/** Our parent and its parent: npm starts scripts through a shell, which does not notice that npm was killed. */
function whoIsAbove() {
  const stat = `/proc/${process.ppid}/stat`;
  if (!existsSync(stat)) return String(process.ppid);
  const text = readFileSync(stat, "utf8");
  return `${process.ppid} ${text.slice(text.lastIndexOf(")") + 2).split(" ")[1]}`;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

await main();
