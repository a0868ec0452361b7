import { customType, numeric, timestamp, uuid } from "drizzle-orm/pg-core";

/** Milliseconds are as fine as a cursor can carry: finer times would skip or repeat rows between pages. */
export const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });
export const createdAt = () => time("created_at").notNull().defaultNow();

/** Made by the application, so that a row's id is known before it is written: time-ordered, or following from what the row is for. */
export const id = () => uuid("id").primaryKey();

/** The supplier's costs: decimals to four places, as text in the application. */
export const cost = (name: string) => numeric(name, { precision: 18, scale: 4 });

export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });
