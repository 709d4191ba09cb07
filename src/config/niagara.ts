import { z } from "zod";
import type { Secret } from "./secret.ts";
import { type PullSchedule, pullOf, type Timing } from "./timing.ts";
import { line, openUrl, secret, sha256, zone } from "./values.ts";

/** Ways to the histories of a station besides MQTT; each is the key of a source. */
export const NIAGARA_WAYS = ["niagaraExport", "obix", "niagaraServlet", "niagaraAnalytics"] as const;
export type NiagaraWay = (typeof NIAGARA_WAYS)[number];

/** Whose certificate is believed; nothing said is the system's own list. */
export interface NiagaraTrust {
  /** Absolute path of the certificate of whoever signed the station's. */
  readonly caFile?: string;
  /** Hex of the one certificate that is believed, whoever signed it. */
  readonly pinSha256?: string;
  /** The certificate seen first is believed from then on, and no other. */
  readonly pinFirst?: true;
}

/** Names of columns of a plain table. */
export interface NiagaraColumns {
  readonly timestamp?: string;
  readonly equip?: string;
  readonly temp?: string;
  readonly setpoint?: string;
}

/** Histories that are fetched from a Niagara station. */
export interface NiagaraSourceConfig extends PullSchedule {
  readonly way: NiagaraWay;
  /** Without a slash at its end: the folder of exports, the station, or the servlet. */
  readonly url: string;
  readonly username?: string;
  readonly password?: Secret;
  readonly trust: NiagaraTrust;
  /** The one station; its name is left out of the points' ids. */
  readonly station?: string;
  /** Zone of times without an offset; left out, the site's. */
  readonly zone?: string;
  /** Units by quantity where the station tells none. */
  readonly units: Readonly<Record<string, string>>;
  readonly columns: NiagaraColumns;
  /** `tilde` is the standard's `~historyQuery`, `dash` `/-/historyQuery`; `auto` takes the second where the first is not known. */
  readonly operation: (typeof OPERATIONS)[number];
  /** Histories that are fetched over oBIX; left out, all of the station. */
  readonly histories?: readonly string[];
  /** Most records of one answer over oBIX. */
  readonly limit: number;
  /** Nodes of the Analytics Web API. */
  readonly nodes: readonly string[];
}

const OPERATIONS = ["auto", "tilde", "dash"] as const;
const USUAL = { schedule: "*/15 * * * *", timeoutSeconds: 60, tries: 3, limit: 1_000 } as const;

const tls = z
  .strictObject({ ca: line.optional(), pin: sha256.optional(), pinFirst: z.boolean().optional() })
  .refine(({ ca, pin, pinFirst }) => [ca, pin, pinFirst || undefined].filter((one) => one !== undefined).length <= 1, {
    message: "ca, pin and pinFirst say three ways to believe a certificate; keep one of them",
  });

const login = {
  username: line.optional(),
  password: secret.optional(),
  tls: tls.optional(),
  units: z.record(z.string(), line).optional(),
};

interface LoginBody {
  readonly username?: string | undefined;
  readonly password?: Secret | undefined;
}

type Context = { addIssue(issue: { code: "custom"; message: string; path: string[] }): void };

function judgeLogin({ username, password }: LoginBody, context: Context): void {
  if (password !== undefined && username === undefined)
    context.addIssue({ code: "custom", message: "the password needs a name", path: ["username"] });
  if (username !== undefined && password === undefined)
    context.addIssue({ code: "custom", message: "the name needs a password", path: ["password"] });
  if (username?.includes(":"))
    context.addIssue({ code: "custom", message: "a name with a colon cannot be told to a station", path: ["username"] });
}

const columns = z.strictObject({
  timestamp: line.optional(),
  equip: line.optional(),
  temp: line.optional(),
  setpoint: line.optional(),
});

export const niagaraSchemas = {
  niagaraExport: z
    .strictObject({
      url: openUrl,
      ordPath: line.regex(/^file:(?:\^|%5E)historyExports\/[^/]+\/?$/i, "expected file:^historyExports/STATION").optional(),
      station: line.optional(),
      zone: zone.optional(),
      columns: columns.optional(),
      ...login,
    })
    .superRefine(judgeLogin),
  obix: z
    .strictObject({
      url: openUrl,
      station: line,
      operation: z.enum(OPERATIONS).optional(),
      histories: z.array(line).min(1).optional(),
      limit: z.int().min(1).max(100_000).optional(),
      ...login,
    })
    .superRefine(judgeLogin),
  niagaraServlet: z.strictObject({ url: openUrl, station: line.optional(), zone: zone.optional(), ...login }).superRefine(judgeLogin),
  niagaraAnalytics: z
    .strictObject({ url: openUrl, station: line.optional(), nodes: z.array(line).min(1).max(500), ...login })
    .superRefine(judgeLogin),
};

type Bodies = { readonly [Way in NiagaraWay]?: z.infer<(typeof niagaraSchemas)[Way]> | undefined };

/** How a source fetches from a station, with the defaults filled in. Missing: undefined where it does not. */
export function niagaraOf(body: Bodies & Timing, path: (written: string) => string): NiagaraSourceConfig | undefined {
  const way = NIAGARA_WAYS.find((one) => body[one] !== undefined);
  const said = way && body[way];
  if (way === undefined || said === undefined) return undefined;
  const { exports, obix, analytics } = { exports: body.niagaraExport, obix: body.obix, analytics: body.niagaraAnalytics };
  const zoneOf = exports?.zone ?? body.niagaraServlet?.zone;
  return {
    way,
    url: addressOf(said.url, exports?.ordPath),
    ...(said.username === undefined ? {} : { username: said.username }),
    ...(said.password === undefined ? {} : { password: said.password }),
    trust: trustOf(said.tls, path),
    ...(said.station === undefined ? {} : { station: said.station }),
    ...(zoneOf === undefined ? {} : { zone: zoneOf }),
    units: said.units ?? {},
    columns: columnsOf(exports?.columns),
    operation: obix?.operation ?? "auto",
    ...(obix?.histories === undefined ? {} : { histories: obix.histories }),
    limit: obix?.limit ?? USUAL.limit,
    nodes: analytics?.nodes ?? [],
    ...pullOf(body, USUAL),
  };
}

/** The folder of exports that a station's file path means, as the station's web server names it. */
export function exportFolder(origin: string, ordPath: string): string {
  const station = ordPath.replace(/\/+$/, "").split("/").at(-1) ?? "";
  return `${origin}/file/${station}/historyExports/${station}`;
}

function addressOf(url: string, ordPath: string | undefined): string {
  const plain = url.replace(/\/+$/, "");
  return ordPath === undefined ? plain : exportFolder(plain, ordPath);
}

function trustOf(body: z.infer<typeof tls> | undefined, path: (written: string) => string): NiagaraTrust {
  if (body?.ca !== undefined) return { caFile: path(body.ca) };
  if (body?.pin !== undefined) return { pinSha256: body.pin };
  return body?.pinFirst === true ? { pinFirst: true } : {};
}

function columnsOf(body: z.infer<typeof columns> | undefined): NiagaraColumns {
  return Object.fromEntries(Object.entries(body ?? {}).filter(([, name]) => name !== undefined));
}
