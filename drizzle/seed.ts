import { hashPassword } from "better-auth/crypto";
import { sql } from "drizzle-orm";
import { demoPassword } from "@/lib/env.demo";
import { newId } from "@/lib/ids";
import { db } from "./client";
import { DEMO_PARTNERS, DEMO_STAFF, type DemoPerson } from "./demo";
import { credentials, members, partners, priceRules, users } from "./schema";

/** Demo data for a local start: staff, three partners with people, prices and money. Repeating it changes nothing but the password. */
async function main(): Promise<void> {
  const hash = await hashPassword(demoPassword());
  const signIns: { email: string; role: string; partner?: string }[] = [];
  for (const person of DEMO_STAFF) {
    await writePerson(person, hash, person.role);
    signIns.push({ email: person.email, role: person.role });
  }
  for (const partner of DEMO_PARTNERS) {
    const partnerId = await writePartner(partner);
    await writeRules(partnerId, partner.rules);
    await writeFunds(partnerId, partner.currency, partner.fundsMinor);
    for (const person of partner.people) {
      const userId = await writePerson(person, hash, null);
      await db().insert(members).values({ id: newId(), partnerId, userId, role: person.role }).onConflictDoNothing();
      signIns.push({ email: person.email, role: person.role, partner: partner.name });
    }
  }
  console.log(JSON.stringify({ signIns }));
}

async function writePerson(
  { name, email }: DemoPerson,
  password: string,
  staffRole: "admin" | "support" | null,
): Promise<string> {
  const id = `demo-${email}`;
  await db().insert(users).values({ id, name, email, emailVerified: true, staffRole }).onConflictDoNothing();
  await db()
    .insert(credentials)
    .values({ id, accountId: id, providerId: "credential", userId: id, password })
    .onConflictDoUpdate({ target: credentials.id, set: { password } });
  return id;
}

async function writePartner({ name, currency, urgentAllowed }: (typeof DEMO_PARTNERS)[number]): Promise<string> {
  const [made] = await db()
    .insert(partners)
    .values({ id: newId(), name, currency, urgentAllowed })
    .onConflictDoNothing()
    .returning({ id: partners.id });
  if (made) return made.id;
  const { rows } = await db().execute<{ id: string }>(sql`select id from partners where name = ${name}`);
  const [found] = rows;
  if (!found) throw new Error(`Partner ${name} was neither made nor found`);
  return found.id;
}

async function writeRules(partnerId: string, rules: (typeof DEMO_PARTNERS)[number]["rules"]): Promise<void> {
  const { rows } = await db().execute(sql`select from price_rules where partner_id = ${partnerId} limit 1`);
  if (rows.length === 0)
    await db()
      .insert(priceRules)
      .values(rules.map((rule) => ({ ...rule, id: newId(), partnerId })));
}

/** Once per partner: a top-up with this memo is the mark that it was made. */
async function writeFunds(partnerId: string, currency: string, amountMinor: number): Promise<void> {
  await db().execute(sql`
    insert into ledger_accounts (kind, partner_id, currency)
    values ('available', ${partnerId}::uuid, ${currency}), ('held', ${partnerId}::uuid, ${currency}), ('funding', null, ${currency})
    on conflict do nothing`);
  await db().execute(sql`
    insert into transfers (id, kind, debit_account_id, credit_account_id, amount_minor, currency, memo)
    select ${newId()}::uuid, 'top_up', funding.id, wallet.id, ${amountMinor}, ${currency}, 'Demo funds'
    from ledger_accounts funding, ledger_accounts wallet
    where funding.kind = 'funding' and funding.currency = ${currency}
      and wallet.kind = 'available' and wallet.partner_id = ${partnerId}::uuid and wallet.currency = ${currency}
      and not exists (select from transfers t where t.credit_account_id = wallet.id and t.memo = 'Demo funds')`);
}

main()
  .then(() => process.exit(0))
  .catch((error: unknown) => {
    console.error("The demo data could not be written. The cause:", error);
    process.exit(1);
  });
