import { Exit } from "./exit.ts";

/** Epoch milliseconds of what a person typed. Errors: Exit 2 where it is no instant. */
export function instantArgument(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const tMs = /^\d{9,}$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isFinite(tMs)) return tMs;
  throw new Exit(2, `${option} ${text} is no time; write 2026-03-01, 2026-03-01T12:00:00+01:00 or epoch milliseconds.`);
}
