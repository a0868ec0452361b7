import { z } from "zod";
import { type ApiCall, apiPath, type Endpoint } from "../http/endpoint";
import { json, problem, type Reply } from "../http/reply";

const optionalText = z
  .string()
  .max(2000)
  .nullish()
  .transform((value) => value ?? "");
const settingsSchema = z.object({ notificationurl: optionalText, notificationurlsandbox: optionalText, secretkey: optionalText });
const unset = { notificationUrl: "", notificationUrlSandbox: "", secretKey: "" };

export const notificationEndpoints: readonly Endpoint[] = [
  { name: "notification-set", method: "POST", path: apiPath(1, "notification"), answer: setNotification },
  {
    name: "notification-get",
    method: "GET",
    path: apiPath(1, "notification"),
    answer: ({ sandbox }) => json(200, sandbox.world.state.notification ?? unset),
  },
];

/** What is left out is cleared. */
function setNotification({ sandbox, body }: ApiCall): Reply {
  const parsed = settingsSchema.safeParse(body);
  if (!parsed.success)
    return problem(400, "One or more validation errors occurred.", { body: parsed.error.issues.map((issue) => issue.message) });
  const settings = {
    notificationUrl: parsed.data.notificationurl,
    notificationUrlSandbox: parsed.data.notificationurlsandbox,
    secretKey: parsed.data.secretkey,
  };
  sandbox.record({ t: "notification", settings });
  return json(200, settings);
}
