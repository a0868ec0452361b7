/**
 * The tables, one entry per version; an entry is never changed once released, a new one is added. Payloads are `json`, not
 * `jsonb`: they must come back as they were sent, key order and escaped NUL included. All times are unix milliseconds.
 */
export const DDL: readonly string[] = [
  `
  create table inngest.apps (
    id uuid primary key, name text not null unique, url text not null, sdk text not null, framework text not null,
    checksum text not null, synced_ms bigint not null
  );
  create table inngest.functions (
    id uuid primary key, app_id uuid not null references inngest.apps, slug text not null unique, config json not null,
    archived boolean not null default false
  );
  create table inngest.events (
    id text primary key, name text not null, body json not null, seq bigint not null, received_ms bigint not null
  );
  create index events_received on inngest.events (received_ms);
  create table inngest.runs (
    id text primary key, function_id uuid not null, event_id text not null, status text not null,
    parent_run_id text, parent_step_id text, quiet boolean not null,
    concurrency_keys text[] not null, throttle_key text, sdk_version integer not null default -1,
    created_ms bigint not null, started_ms bigint, ended_ms bigint, output json
  );
  create index runs_event on inngest.runs (event_id);
  create index runs_created on inngest.runs (created_ms);
  create index runs_ended on inngest.runs (ended_ms);
  create table inngest.steps (
    run_id text not null, step_id text not null, name text not null, op text not null, state text not null,
    race boolean not null, position integer not null, result json, error json, changed_ms bigint not null,
    primary key (run_id, step_id)
  );
  create table inngest.pauses (
    run_id text not null, step_id text not null, kind text not null, event_name text not null, expression text,
    after_seq bigint not null, expires_ms bigint, primary key (run_id, step_id)
  );
  create index pauses_event on inngest.pauses (event_name);
  create table inngest.queue (
    id text primary key, kind text not null, run_id text, function_id uuid, step_id text, event_id text, payload json,
    attempt integer not null, starts boolean not null, due_ms bigint not null, score bigint not null,
    concurrency_keys text[] not null, throttle_key text, lease_until_ms bigint not null default 0
  );
  create index queue_score on inngest.queue (score);
  create index queue_due on inngest.queue (due_ms);
  create index queue_run on inngest.queue (run_id);
  create table inngest.dedupe (key text primary key, expires_ms bigint not null);
  create index dedupe_expires on inngest.dedupe (expires_ms);
  create table inngest.throttles (key text primary key, arrival_ms double precision not null);
  create table inngest.crons (
    function_id uuid not null, schedule text not null, next_ms bigint not null, primary key (function_id, schedule)
  );
  `,
];
