/** The four services Steller reaches over the network. */
export type ServiceName = "postgres" | "upstash" | "inngest" | "bamboo";

export type Variables = Record<string, string | undefined>;

interface Group {
  service: ServiceName;
  /** All of these name the real service; none of them means: start the stand-in. */
  required: string[];
  /** These mean nothing without the others. */
  optional: string[];
}

export const GROUPS: Group[] = [
  {
    service: "postgres",
    required: ["DATABASE_URL"],
    optional: ["DATABASE_URL_UNPOOLED", "DATABASE_WS_PROXY", "DATABASE_REPLICA_URL"],
  },
  { service: "upstash", required: ["UPSTASH_REDIS_REST_URL", "UPSTASH_REDIS_REST_TOKEN"], optional: [] },
  { service: "inngest", required: ["INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY"], optional: ["INNGEST_BASE_URL"] },
  { service: "bamboo", required: ["BAMBOO_BASE_URL", "BAMBOO_CLIENT_ID", "BAMBOO_CLIENT_SECRET"], optional: [] },
];

/** Keys that outlive this machine's `.data`: with a database elsewhere they must be named beside it. */
const KEPT_WITH_DATABASE = ["AUTH_SECRET", "CARD_MASTER_KEYS", "CARD_FINGERPRINT_KEY"];
const KEPT_WITH_BAMBOO = ["BAMBOO_ACCOUNT_ID", "BAMBOO_NOTIFICATION_SECRET"];

/**
 * Which services the environment leaves to the stand-ins.
 * Throws, naming every variable that is missing, when a group is half set or when a service elsewhere lacks a key that only its owner can know.
 */
export function standInsFor(variables: Variables): Set<ServiceName> {
  const isSet = (name: string) => isNamed(variables, name);
  const complaints: string[] = [];
  const standIns = new Set<ServiceName>();
  for (const group of GROUPS) {
    const named = [...group.required, ...group.optional].filter(isSet);
    const missing = group.required.filter((name) => !isSet(name));
    if (named.length === 0) standIns.add(group.service);
    else if (missing.length > 0)
      complaints.push(`  ${missing.join(", ")}: missing, while ${named.join(", ")} ${named.length > 1 ? "are" : "is"} set`);
  }
  const databaseIsRemote = !standIns.has("postgres") && !isLoopback(variables.DATABASE_URL);
  const owed = [...(databaseIsRemote ? KEPT_WITH_DATABASE : []), ...(standIns.has("bamboo") ? [] : KEPT_WITH_BAMBOO)].filter(
    (name) => !isSet(name),
  );
  if (owed.length > 0)
    complaints.push(
      `  ${owed.join(", ")}: missing; with a service that is not on this machine, keys made here would be lost with it`,
    );
  if (complaints.length > 0) {
    throw new Error(
      `Steller cannot start: the environment is incomplete.\n${complaints.join("\n")}\n` +
        "Set what is missing, or unset the whole group to use the stand-in that comes with Steller.",
    );
  }
  return standIns;
}

/** Set, and not blank: an empty variable counts as absent everywhere in Steller. */
export const isNamed = (variables: Variables, name: string): boolean => (variables[name] ?? "") !== "";

/** Demo data and demo passwords may only go where no one else can reach. */
export function isLoopback(url: string | undefined): boolean {
  if (!url || !URL.canParse(url)) return false;
  return ["127.0.0.1", "localhost", "[::1]"].includes(new URL(url).hostname);
}
