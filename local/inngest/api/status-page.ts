import type { Engine } from "../engine/engine";
import { type Html, html } from "./html";
import { loadStatus, type StatusRun } from "./load-status";

const STYLE = `body{font:14px/1.5 system-ui,sans-serif;margin:2rem;max-width:75rem;color:#1c1c1f}
h1{font-size:1.3rem}h2{font-size:1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #ddd;vertical-align:top}
td{font-variant-numeric:tabular-nums}code{font-size:.85em}.Failed{color:#a11}.Completed{color:#176b35}`;

/** The page at `/`: what is registered, what waits, and the latest runs with their steps and errors. */
export async function statusPage(engine: Engine): Promise<string> {
  const status = await loadStatus(engine.pool);
  const functions = engine.registry.active();
  const page = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Local Inngest</title>
<meta name="viewport" content="width=device-width"><style>${STYLE}</style></head><body>
<h1>Local Inngest</h1>
<p>${status.due} due, ${status.later} later, ${engine.inFlight.size} under way, ${status.waiting} waiting for an event.
${status.apps.map((app) => html` App <b>${app.name}</b> at <code>${app.url}</code>, registered ${iso(app.synced_ms)}.`)}</p>
<h2>Functions (${functions.length})</h2><table><tr><th>Function</th><th>Triggers</th><th>Attempts</th></tr>
${functions.map((fn) => html`<tr><td>${fn.slug}</td><td>${[...fn.events.map(({ name }) => name), ...fn.crons].join(", ")}</td><td>${fn.maxAttempts}</td></tr>`)}
</table><h2>Latest runs</h2>
<table><tr><th>Run</th><th>Function</th><th>Status</th><th>Created</th><th>Took</th><th>Steps</th><th>Error</th></tr>
${status.runs.map(runRow)}</table></body></html>`;
  return page.source;
}

function runRow(run: StatusRun): Html {
  const took = run.ended_ms === null ? "" : `${run.ended_ms - run.created_ms} ms`;
  return html`<tr><td><code>${run.id}</code></td><td>${run.slug}</td><td class="${run.status}">${run.status}</td><td>${iso(run.created_ms)}</td>
<td>${took}</td><td>${run.steps.map((step) => html`${step.name} <i>${step.state}</i><br>`)}</td><td>${run.error}</td></tr>`;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
