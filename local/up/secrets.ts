import { randomBytes, randomInt } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { writeDurably } from "./write-durably";

/** What a machine of its own keeps for itself: made once, then the same at every start. */
export type Secrets = z.infer<typeof schema>;

const schema = z.object({
  postgresOwnerPassword: z.string(),
  postgresAppPassword: z.string(),
  upstashToken: z.string(),
  inngestEventKey: z.string(),
  inngestSigningKey: z.string(),
  bambooClientId: z.string(),
  bambooClientSecret: z.string(),
  bambooControlToken: z.string(),
  bambooWebhookSecret: z.string(),
  bambooNotificationSecret: z.string(),
  authSecret: z.string(),
  cardMasterKeys: z.string(),
  cardFingerprintKey: z.string(),
  demoPassword: z.string(),
});

const KEY_BYTES = 32;
const TOKEN_BYTES = 24;
const OWNER_ONLY = 0o600;

/** Reads `secrets.json` of the data folder and makes what it lacks. Throws when the file is there but cannot be read as what it should be. */
export function keepSecrets(dataDir: string): Secrets {
  const path = join(dataDir, "secrets.json");
  const kept = existsSync(path) ? readKept(path) : {};
  const secrets = schema.parse({ ...makeSecrets(), ...kept });
  if (Object.keys(kept).length < Object.keys(secrets).length)
    writeDurably(path, `${JSON.stringify(secrets, undefined, 2)}\n`, OWNER_ONLY);
  return secrets;
}

function readKept(path: string): Partial<Secrets> {
  try {
    return schema.partial().parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    throw new Error(
      `${path} cannot be read. It holds the keys of the data beside it: put a good copy back, or remove the whole folder to begin anew.`,
      { cause },
    );
  }
}

function makeSecrets(): Secrets {
  const token = () => randomBytes(TOKEN_BYTES).toString("base64url");
  const key = () => randomBytes(KEY_BYTES).toString("base64");
  return {
    postgresOwnerPassword: token(),
    postgresAppPassword: token(),
    upstashToken: token(),
    inngestEventKey: token(),
    inngestSigningKey: `signkey-local-${randomBytes(KEY_BYTES).toString("hex")}`,
    bambooClientId: `sandbox-${randomBytes(4).toString("hex")}`,
    bambooClientSecret: token(),
    bambooControlToken: token(),
    bambooWebhookSecret: `whsec_${key()}`,
    bambooNotificationSecret: token(),
    authSecret: key(),
    cardMasterKeys: `1:${key()}`,
    cardFingerprintKey: key(),
    demoPassword: makeDemoPassword(),
  };
}

/** Three short words with digits between: typed by hand, on screens that people share, so no letter is easily mistaken. */
function makeDemoPassword(): string {
  const word = () => WORDS[randomInt(WORDS.length)] ?? "maple";
  const digits = () => String(randomInt(10, 100));
  return `${word()}-${digits()}-${word()}-${digits()}-${word()}`;
}

const WORDS =
  "amber apple arrow basil beach berry birch bread brick brook cabin cedar chalk cherry clover cocoa coral cotton daisy delta ember fern field flint forest frost garden ginger grape grove harbor hazel honey indigo ivory jasmine juniper lagoon lemon linen lotus maple marble meadow mellow mint moss nectar oak ocean olive onyx opal orbit orchid pearl pebble pepper pine plum pollen poppy prairie quartz raven reed river rose saddle saffron sage sandal shell silver slate spruce stone summit sunny tango thistle timber topaz tulip valley velvet violet walnut willow winter zephyr".split(
    " ",
  );
