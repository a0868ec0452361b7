import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

/** All that is handed out for use between hosts; what ipaddr.js calls unicast in IPv6 is more, such as old site-local ones. */
const GLOBAL_UNICAST = ipaddr.parseCIDR("2000::/3");

/** Whether an address is one of the open internet: not this machine's, this network's, mapped, translated or reserved. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  return parsed.range() === "unicast" && (parsed.kind() === "ipv4" || parsed.match(GLOBAL_UNICAST));
}

/** The address that a URL names by itself, without a question to DNS: for those a socket looks up nothing. */
export function literalAddress(url: URL): string | null {
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  return isIP(host) === 0 ? null : host;
}

type Resolve = (host: string, options: LookupOptions & { all: true }, done: Answered) => void;
type Answered = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;

/**
 * The lookup of a socket that may reach the open internet only. The socket connects to the very addresses that were checked, so a name
 * that answers differently the second time gains nothing; one private address among several refuses the name.
 */
export function publicLookup(resolve: Resolve = dnsLookup): LookupFunction {
  return (host, options, done) =>
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const hidden = addresses?.find(({ address }) => !isPublicAddress(address));
      const [first] = addresses ?? [];
      if (error) done(error, "");
      else if (hidden || !first) done(new Error(`${host} is not on the open internet`), "");
      else if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    });
}
