import { checkReady } from "@/lib/http/ready";

/** Whether this instance can serve: the database, its schema and the keys. */
export const dynamic = "force-dynamic";
export const GET = () => checkReady();
