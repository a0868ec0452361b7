import { appEnvironment } from "./app-environment";
import { machineVariables } from "./base-environment";
import { type ServiceName, standInsFor, type Variables } from "./environment";
import { choosePorts, type Ports } from "./ports";
import { keepSecrets, type Secrets } from "./secrets";

/** Everything decided before the first child starts. */
export interface Plan {
  dataDir: string;
  variables: Variables;
  /** Stand-ins the product is pointed at. */
  standIns: ReadonlySet<ServiceName>;
  /** Stand-ins to start: the Inngest one keeps its queue in the local PostgreSQL even where the product's database is elsewhere. */
  toStart: ReadonlySet<ServiceName>;
  ports: Ports;
  secrets: Secrets;
  /** The product's environment; `BAMBOO_ACCOUNT_ID` is added when the sandbox has told it. */
  appEnv: Record<string, string>;
  /** The machine's environment, for children that are not the product. */
  machineEnv: Record<string, string>;
}

/** Makes the plan; writes `secrets.json` and `ports.json` of the data folder. Throws when the environment is incomplete or an asked port is taken. */
export async function makePlan(
  dataDir: string,
  variables: Variables,
  nodeEnv: "production" | "development",
  port?: number,
): Promise<Plan> {
  const standIns = standInsFor(variables);
  const toStart = new Set(standIns);
  if (standIns.has("inngest")) toStart.add("postgres");
  const secrets = keepSecrets(dataDir);
  const ports = await choosePorts(dataDir, port);
  const appEnv = appEnvironment({ variables, standIns, ports, secrets, nodeEnv });
  return { dataDir, variables, standIns, toStart, ports, secrets, appEnv, machineEnv: machineVariables(variables) };
}
