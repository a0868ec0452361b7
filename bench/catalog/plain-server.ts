import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { loadCallerBeside } from "@/lib/auth";
import { containing } from "@/lib/like";

const PAGE = 25;
/** Somebody is on page three. */
const OFFSET = 50;

/**
 * What the portal's catalogue is set beside: Node's own server and one statement over the same rows, with `ILIKE '%…%'` for each word and
 * `OFFSET` for the page. No framework, no prices, no limits, no near matches, no cache. Runs until its standard input ends.
 */
const server = createServer((request, response) => {
  answer(request).then(
    (body) => response.writeHead(200, { "content-type": "application/json" }).end(body),
    (error: unknown) => response.writeHead(500).end(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
});

async function answer(request: IncomingMessage): Promise<string> {
  const { caller } = await loadCallerBeside(new Headers({ cookie: request.headers.cookie ?? "" }), sql`null`);
  if (!caller) throw new Error("The cookie is nobody's.");
  const query = new URL(request.url ?? "/", "http://plain").searchParams;
  const words = (query.get("search") ?? "").split(/\s+/).filter(Boolean);
  const said = sql`b.name || ' ' || p.name || ' ' || p.face_currency`;
  const conditions = [
    sql`p.withdrawn_at is null`,
    ...words.map((word) => sql`${said} ilike ${containing(word)}`),
    ...(query.has("currency") ? [sql`p.face_currency = ${query.get("currency")}`] : []),
    ...(query.has("country") ? [sql`b.country_code = ${query.get("country")}`] : []),
    ...(query.has("category")
      ? [
          sql`exists (select from brand_categories c where c.brand_id = b.id and c.category_id = ${Number(query.get("category"))})`,
        ]
      : []),
  ];
  const { rows } = await db().execute(sql`
    select p.*, b.name as brand, b.logo_url, b.country_code from products p join brands b on b.id = p.brand_id
    where ${sql.join(conditions, sql` and `)} order by b.name, p.face_currency, p.face_min_minor, p.id offset ${OFFSET} limit ${PAGE}`);
  return JSON.stringify({ items: rows });
}

server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${JSON.stringify({ ready: true, port: (server.address() as AddressInfo).port })}\n`);
});
process.stdin.resume().on("close", () => process.exit(0));
