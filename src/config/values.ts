import { isIP } from "node:net";
import { z } from "zod";
import { isZone } from "#calendar/zone.ts";
import { filterProblem } from "#dialects/topic-filter.ts";
import { Secret } from "./secret.ts";

/** Where a server listens. */
export interface Listen {
  readonly host: string;
  readonly port: number;
}

/** A broker's address without credentials. */
export interface BrokerUrl {
  /** `mqtt://host:port` or `mqtts://host:port`. */
  readonly url: string;
  readonly username?: string;
  readonly password?: Secret;
}

type Context = { addIssue(issue: { code: "custom"; message: string }): void };

function value<T>(read: (given: unknown) => T | string): z.ZodType<T> {
  return z.unknown().transform((given, context) => {
    const found = read(given);
    if (typeof found !== "string") return found;
    (context as unknown as Context).addIssue({ code: "custom", message: found });
    return z.NEVER;
  });
}

/** Readers answer with a sentence where they cannot read, so a text is wrapped. */
const text = (read: (given: string) => string | undefined, expected: string) =>
  value((given) => {
    if (typeof given !== "string") return `expected ${expected}`;
    const problem = read(given);
    return problem ?? { given };
  }).transform(({ given }) => given);

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000, y: 31_557_600_000 } as const;

/** `90d`, `12h`, `forever` or `none`, in milliseconds. */
export const keepFor = value<{ ms: number }>((given) => {
  if (given === "forever") return { ms: Number.POSITIVE_INFINITY };
  if (given === "none" || given === false) return { ms: 0 };
  const match = typeof given === "string" ? /^(\d{1,6})(s|m|h|d|w|y)$/.exec(given) : null;
  if (!match) return `${shown(given)} is not a length of time; write 90d, 12h, 2y, forever or none`;
  return { ms: Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS] };
}).transform(({ ms }) => ms);

/** `10m`, `1h` or `45s`, in milliseconds. */
export const duration = value<{ ms: number }>((given) => {
  const match = typeof given === "string" ? /^(\d{1,6})(s|m|h|d)$/.exec(given) : null;
  if (!match) return `${shown(given)} is not a length of time; write 45s, 10m, 1h or 2d`;
  return { ms: Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS] };
}).transform(({ ms }) => ms);

/** Decimals of money a float holds exactly as they were written. */
const EXACT_DIGITS = 15;

/** A decimal, as number or text, kept as exact text. */
export const amount = value<{ exact: string }>((given) => {
  const exact = typeof given === "number" ? plainDigits(given) : typeof given === "string" ? given.trim() : undefined;
  if (exact !== undefined && /^-?\d{1,9}(\.\d{1,9})?$/.test(exact)) return { exact };
  if (exact !== undefined && /^-?\d+,\d+$/.test(exact)) return `${shown(given)} has a comma; write ${exact.replace(",", ".")}`;
  return `${shown(given)} is not an amount; write a decimal such as 0.3102`;
}).transform(({ exact }) => exact);

function plainDigits(given: number): string | undefined {
  return Number.isFinite(given) && Number(given.toPrecision(EXACT_DIGITS)) === given ? given.toFixed(9).replace(/\.?0+$/, "") : undefined;
}

/** An address of the web, with its path. */
export const webUrl = text((given) => {
  const protocol = URL.canParse(given) ? new URL(given).protocol : "";
  return protocol === "http:" || protocol === "https:"
    ? undefined
    : `${shown(given)} is not an address; write one like https://example.org/`;
}, "an address like https://example.org/");

/** An address that is told in sentences and logs: nothing secret may be in it. */
export const openUrl = webUrl.refine((given) => !URL.canParse(given) || isOpen(new URL(given)), {
  message: "keep the address free of names, passwords and questions: what opens it has keys of its own here",
});

const isOpen = ({ username, password, search, hash }: URL): boolean => [username, password, search, hash].every((part) => part === "");

/** One line of text. */
export const line = z.string().min(1).max(200);

export const zone = text(
  (given) => (isZone(given) ? undefined : `${shown(given)} is not a time zone; write one like Europe/Berlin`),
  "a time zone",
);

export const currency = text(
  (given) => (/^[A-Z]{3}$/.test(given) ? undefined : `${shown(given)} is not a currency; write its three letters, like EUR`),
  "three letters like EUR",
);

export const date = text(
  (given) => (isDate(given) ? undefined : `${shown(given)} is not a date; write 2026-12-25`),
  "a date like 2026-12-25",
);

export const topicFilter = text((given) => {
  const problem = filterProblem(given);
  return problem === undefined ? undefined : `${shown(given)} is not a topic filter: ${problem}`;
}, "a topic filter");

/** Base64 of a SHA-256, or its hex with or without colons; kept as hex. */
export const sha256 = text(
  (given) => (/^([0-9a-f]{2}:?){32}$/i.test(given) ? undefined : "expected a SHA-256 fingerprint of 64 hexadecimal digits"),
  "a SHA-256 fingerprint",
).transform((given) => given.replaceAll(":", "").toLowerCase());

/** `10.0.0.0/8`, or a single address. */
export const network = text((given) => {
  const [address = "", bits, more] = given.split("/");
  const family = isIP(address);
  const most = family === 4 ? 32 : 128;
  const good = family !== 0 && more === undefined && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
  return good ? undefined : `${shown(given)} is not a network; write 192.168.1.0/24 or one address`;
}, "a network like 192.168.1.0/24");

/** `host:port` or `:port`; port 0 takes a free one. */
export const listen = value<Listen>((given) => listenOf(given) ?? `${shown(given)} is not an address to listen on; write 127.0.0.1:8080`);

/** Missing: undefined where the text is no address. */
export function listenOf(given: unknown): Listen | undefined {
  const match = typeof given === "string" ? /^(\[[0-9a-f:.]+\]|[^\s:/[\]]*):(\d{1,5})$/i.exec(given) : null;
  if (!match || Number(match[2]) > 65_535) return undefined;
  const host = (match[1] ?? "").replace(/^\[|\]$/g, "");
  if ((match[1] ?? "").startsWith("[") && isIP(host) !== 6) return undefined;
  return { host: host === "" ? "127.0.0.1" : host, port: Number(match[2]) };
}

export const brokerUrl = value<BrokerUrl>(
  (given) => brokerUrlOf(given) ?? "expected a broker like mqtt://192.168.1.5:1883 or mqtts://broker.example",
);

/** Missing: undefined where the text is no broker's address. User and password in it are taken out of it. */
export function brokerUrlOf(given: unknown): BrokerUrl | undefined {
  if (typeof given !== "string" || !URL.canParse(given)) return undefined;
  const url = new URL(given);
  if (
    !["mqtt:", "mqtts:"].includes(url.protocol) ||
    url.hostname === "" ||
    !["", "/"].includes(url.pathname) ||
    url.search + url.hash !== ""
  )
    return undefined;
  const [username, password] = [url.username, url.password].map(decoded);
  if (username === undefined || password === undefined) return undefined;
  const port = url.port === "" ? (url.protocol === "mqtts:" ? "8883" : "1883") : url.port;
  return {
    url: `${url.protocol}//${url.hostname}:${port}`,
    ...(username === "" ? {} : { username }),
    ...(password === "" ? {} : { password: new Secret(password) }),
  };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

export const secret = value<Secret>((given) => {
  if (typeof given === "string") return given === "" ? "is empty" : new Secret(given);
  return "expected a text; put it in quotes if it is made of digits";
});

/** Part of a series key: names of sites, sources and points. */
const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?$/u;

/** What is wrong with a name that becomes part of series keys; undefined when nothing is. */
export function nameProblem(name: string): string | undefined {
  if (name.length > 100) return "is longer than 100 characters";
  return NAME.test(name) ? undefined : "may hold letters, digits and . _ - between them";
}

function isDate(given: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(given) && !Number.isNaN(Date.parse(given)) && new Date(given).toISOString().startsWith(given);
}

/** A value of the file in a sentence. */
export function shown(given: unknown): string {
  const written = typeof given === "string" ? JSON.stringify(given) : typeof given === "object" ? "this" : String(given);
  return written.length > 80 ? `${written.slice(0, 80)}…` : written;
}
