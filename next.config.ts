import type { NextConfig } from "next";
import { PHASE_DEVELOPMENT_SERVER } from "next/constants";

/**
 * Pages are rendered without a nonce (a nonce would need a proxy in front of every request), so Next's own inline scripts
 * and the theme script need 'unsafe-inline'. Nothing is loaded from a foreign address: logos come through our own route.
 */
function contentSecurityPolicy(development: boolean): string {
  const directives = [
    "default-src 'self'",
    // The development server compiles with eval and reloads over a WebSocket.
    development ? "script-src 'self' 'unsafe-inline' 'unsafe-eval'" : "script-src 'self' 'unsafe-inline'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    development ? "connect-src 'self' ws:" : "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return directives.join("; ");
}

/**
 * Nothing below /api is a page. A logo may be an SVG, which is a document that may hold scripts: opened by itself it runs none, loads
 * nothing and is nobody's origin. Said here, since what a route says of itself does not prevail over the headers of all paths.
 */
const API_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

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
    // The optimiser would read pictures that nobody vouches for in our own process; it is off, and so is its address.
    images: { unoptimized: true },
    experimental: { optimizePackageImports: ["radix-ui"] },
    // Of two that match a path the last one prevails.
    headers: async () => [
      { source: "/:path*", headers: securityHeaders },
      { source: "/api/:path*", headers: [{ key: "Content-Security-Policy", value: API_POLICY }] },
    ],
  };
}
