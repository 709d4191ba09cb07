import { InvalidArgumentError } from "commander";

/** How many, for an option. Errors: commander's, which ends the command as wrong use. */
export function countArgument(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError("It takes a whole number above 0.");
  return count;
}
