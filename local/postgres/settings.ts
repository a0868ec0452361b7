const SETTINGS: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_preload_libraries: "pg_stat_statements",
  "pg_stat_statements.track": "all",
  max_connections: "200",
  shared_buffers: "128MB",
  effective_cache_size: "512MB",
  max_wal_size: "512MB",
  // Two background readers are enough for two cores, and each is a process.
  io_workers: "2",
  max_parallel_workers_per_gather: "1",
  random_page_cost: "1.1",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
};

/** What nobody may change from outside: this server never listens beyond this machine. */
const FIXED = ["listen_addresses", "unix_socket_directories", "port"];

/**
 * The command line of `postgres`, for a small machine. Durability is left as PostgreSQL ships it (fsync and synchronous
 * commit on): an order that was accepted must survive a cut of power here too.
 */
export function serverArguments(cluster: string, port: number, settings: Record<string, string>): string[] {
  const refused = Object.keys(settings).find((name) => FIXED.includes(name));
  if (refused) throw new Error(`The setting ${refused} is not free: leave it out of the settings of startPostgres.`);
  const all = Object.entries({ ...SETTINGS, ...settings });
  return ["-D", cluster, "-p", String(port), ...all.flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}
