import type { NextConfig } from "next";
import { PHASE_DEVELOPMENT_SERVER } from "next/constants";

/**
 * Pages are rendered without a nonce (a nonce would need a proxy in front of every request), so Next's own inline scripts
 * and the theme script need 'unsafe-inline'. Logos come from wherever the supplier keeps them: https, or this machine's stand-in.
 */
function contentSecurityPolicy(development: boolean): string {
  const directives = [
    "default-src 'self'",
    // The development server compiles with eval and reloads over a WebSocket.
    development ? "script-src 'self' 'unsafe-inline' 'unsafe-eval'" : "script-src 'self' 'unsafe-inline'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: https: http://127.0.0.1:*",
    "font-src 'self'",
    development ? "connect-src 'self' ws:" : "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return directives.join("; ");
}

export default function config(phase: string): NextConfig {
  const securityHeaders = [
    { key: "Content-Security-Policy", value: contentSecurityPolicy(phase === PHASE_DEVELOPMENT_SERVER) },
    { key: "X-Content-Type-Options", value: "nosniff" },
    { key: "Referrer-Policy", value: "same-origin" },
    { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()" },
    { key: "X-Frame-Options", value: "DENY" },
  ];
  return {
    poweredByHeader: false,
    agentRules: false,
    // Types are checked over the whole tree, tests included, by `npm test`; a wrong type in a test is no reason for a start to fail.
    typescript: { ignoreBuildErrors: true },
    serverExternalPackages: ["pino", "ws"],
    experimental: { optimizePackageImports: ["radix-ui"] },
    headers: async () => [{ source: "/:path*", headers: securityHeaders }],
  };
}
