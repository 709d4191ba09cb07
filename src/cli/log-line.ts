import { printable } from "./printable.ts";

const LEVELS: Readonly<Record<number, string>> = { 10: "TRACE", 20: "DEBUG", 30: "INFO", 40: "WARN", 50: "ERROR", 60: "FATAL" };
/** What every line of pino has, and nobody needs to read each time. */
const KNOWN: ReadonlySet<string> = new Set(["level", "time", "pid", "hostname", "msg", "err"]);

/** A line of JSON as pino writes it, for a person: `2026-03-10T09:15:20.412Z WARN  The broker is away host=meter tries=3`. */
export function logLine(json: string): string {
  const entry = JSON.parse(json) as Record<string, unknown>;
  const { level, time, msg = "", err } = entry;
  const details = Object.entries(entry)
    .filter(([name]) => !KNOWN.has(name))
    .map(([name, value]) => ` ${name}=${valueText(value)}`);
  const head = `${new Date(Number(time)).toISOString()} ${(LEVELS[Number(level)] ?? String(level)).padEnd(5)} ${printable(String(msg))}`;
  return `${head}${details.join("")}${errorText(err)}\n`;
}

function valueText(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return /[\s"=]/.test(text) ? JSON.stringify(text) : printable(text);
}

/** What was thrown, with where it was thrown from, each line set in. */
function errorText(err: unknown): string {
  if (err === undefined) return "";
  const { message, stack } = err as { message?: unknown; stack?: unknown };
  const lines = String(stack ?? message ?? JSON.stringify(err)).split("\n");
  return lines.map((line) => `\n    ${printable(line.trim())}`).join("");
}
