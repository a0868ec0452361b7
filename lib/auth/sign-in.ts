import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { db } from "@/drizzle/client";
import { credentials, sessions, users, verifications } from "@/drizzle/schema";
import { env } from "@/lib/env";
import { libraryLogger } from "@/lib/log";

const logger = libraryLogger("sign-in");
const SESSION_SECONDS = 12 * 3_600;
const SESSION_REFRESH_SECONDS = 3_600;
const MIN_PASSWORD_LENGTH = 12;

function create() {
  return betterAuth({
    appName: "Steller",
    baseURL: env().APP_URL,
    basePath: "/api/auth",
    secret: env().AUTH_SECRET,
    database: drizzleAdapter(db(), {
      provider: "pg",
      schema: { user: users, session: sessions, account: credentials, verification: verifications },
    }),
    // People are invited by an owner or by us: nobody signs up by themselves.
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: MIN_PASSWORD_LENGTH },
    session: { expiresIn: SESSION_SECONDS, updateAge: SESSION_REFRESH_SECONDS },
    // Sign-in is limited by our own policy table, shared between instances.
    rateLimit: { enabled: false },
    advanced: { cookiePrefix: "steller" },
    telemetry: { enabled: false },
    // Its own logger prints what a failed query was given, such as a session's token.
    logger: { log: (level, message, ...more) => logger[level](message, ...more) },
  });
}

let instance: ReturnType<typeof create> | undefined;

/** The sign-in library on our tables. Made on first use, since a build has no environment. */
export function signIn(): ReturnType<typeof create> {
  instance ??= create();
  return instance;
}
