"use client";

import { createAuthClient } from "better-auth/react";

function makeClient() {
  return createAuthClient({ baseURL: window.location.origin, basePath: "/api/auth" });
}

let client: ReturnType<typeof makeClient> | undefined;

/** Made on first use: it needs the page's own address, which a server does not know. */
export function authClient() {
  client ??= makeClient();
  return client;
}
