import { signInRoute } from "@/lib/http/sign-in-route";

export const dynamic = "force-dynamic";
export const GET = signInRoute;
export const POST = signInRoute;
