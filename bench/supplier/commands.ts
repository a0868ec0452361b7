import { z } from "zod";

const commandSchema = z.object({ command: z.enum(["buy", "rest"]) });
export type Command = z.infer<typeof commandSchema>;

/**
 * Has this process work for the bench that started it: `buy` runs from "buy" until `isOn` is false after "rest", which is answered when it
 * has ended. The process ends when the bench lets go of it.
 */
export function serveCommands(buy: (isOn: () => boolean) => Promise<unknown>): void {
  let on = false;
  let buying: Promise<unknown> = Promise.resolve();
  process.on("message", (message) => {
    on = commandSchema.parse(message).command === "buy";
    if (on) {
      buying = buy(() => on);
      process.send?.({ buying: true });
    } else {
      buying.then(
        () => process.send?.({ resting: true }),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    }
  });
  process.on("disconnect", () => process.exit(0));
  process.send?.({ ready: true });
}
