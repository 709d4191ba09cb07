import { z } from "zod";
import { cronProblem } from "./cron.ts";

/** Five fields of cron. */
export const schedule = z.string().superRefine((given, context) => {
  const problem = cronProblem(given);
  if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
});
