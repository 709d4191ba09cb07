import { z } from "zod";
import type { Declared } from "#sites/registry.ts";
import type { Secret } from "./secret.ts";
import { type PullSchedule, pullOf, type Timing, timing } from "./timing.ts";
import { line, openUrl, secret } from "./values.ts";

/** A bucket of InfluxDB 2, asked in Flux. */
export interface InfluxBucket {
  readonly version: 2;
  /** Without a slash at its end. */
  readonly url: string;
  readonly org: string;
  readonly token: Secret;
  readonly bucket: string;
}

/** A database of InfluxDB 1, asked in InfluxQL. */
export interface InfluxDatabase {
  readonly version: 1;
  /** Without a slash at its end. */
  readonly url: string;
  readonly database: string;
  readonly username?: string;
  readonly password?: Secret;
}

export type InfluxAddress = InfluxBucket | InfluxDatabase;

/** Readings that lie in an InfluxDB, as Home Assistant writes them: the unit is the measurement, the meter the tag `entity_id`. */
export interface InfluxSourceConfig extends PullSchedule {
  readonly address: InfluxAddress;
  /** Tag `domain` of the series that are taken. */
  readonly domain: string;
}

/** `seed`: the fields of the first Utility Meter Analytics; `later`: those of its later versions. */
const INFLUX_SHAPES = ["seed", "later"] as const;

/** Results that are written into an InfluxDB, for Grafana. */
export interface InfluxOutletConfig extends PullSchedule {
  readonly address: InfluxAddress;
  readonly shape: (typeof INFLUX_SHAPES)[number];
  /** Bucket, or database, that hours of Tibber go to; left out, they stay here. */
  readonly rawBucket?: string;
  /** The site whose meters are written; left out: every site. */
  readonly site?: string;
  readonly declared?: Declared;
}

const SOURCE = { domain: "input_number", schedule: "*/15 * * * *", timeoutSeconds: 30, tries: 3 } as const;
const OUTLET = { shape: "seed", schedule: "0 2 * * *", timeoutSeconds: 30, tries: 3 } as const;

const place = {
  url: openUrl,
  org: line.optional(),
  token: secret.optional(),
  bucket: line.optional(),
  database: line.optional(),
  username: line.optional(),
  password: secret.optional(),
};
type PlaceBody = z.infer<z.ZodObject<typeof place>>;

const OF_BUCKET = ["org", "token"] as const;
const OF_DATABASE = ["username", "password"] as const;

/** That it is a bucket or a database, with what that one needs and nothing of the other. */
function judgePlace(body: PlaceBody, context: { addIssue(issue: { code: "custom"; message: string; path: string[] }): void }): void {
  const add = (key: string, message: string): void => context.addIssue({ code: "custom", message, path: [key] });
  if ((body.bucket === undefined) === (body.database === undefined)) {
    add(body.bucket === undefined ? "bucket" : "database", "name a bucket of InfluxDB 2, or a database of InfluxDB 1, one of the two");
    return;
  }
  for (const key of OF_BUCKET) if (body.bucket !== undefined && body[key] === undefined) add(key, "a bucket of InfluxDB 2 needs it");
  for (const key of body.bucket === undefined ? OF_BUCKET : OF_DATABASE)
    if (body[key] !== undefined)
      add(key, `does not belong to ${body.bucket === undefined ? "a database of InfluxDB 1" : "a bucket of InfluxDB 2"}`);
  if (body.password !== undefined && body.username === undefined) add("username", "the password needs a name");
}

export const influxSourceSchema = z.strictObject(place).superRefine(judgePlace);
export const influxOutletSchema = z
  .strictObject({ ...place, shape: z.enum(INFLUX_SHAPES).optional(), rawBucket: line.optional(), site: line.optional(), ...timing })
  .superRefine(judgePlace);

/** Where the readings are, with the defaults of how often they are fetched. */
export function influxSourceOf(
  body: z.infer<typeof influxSourceSchema>,
  around: Timing & { readonly domain?: string | undefined },
): InfluxSourceConfig {
  return { address: addressOf(body), domain: around.domain ?? SOURCE.domain, ...pullOf(around, SOURCE) };
}

export function influxOutletOf(body: z.infer<typeof influxOutletSchema>, declared: Declared): InfluxOutletConfig {
  return {
    address: addressOf(body),
    shape: body.shape ?? OUTLET.shape,
    ...(body.rawBucket === undefined ? {} : { rawBucket: body.rawBucket }),
    ...(body.site === undefined ? {} : { site: body.site }),
    ...pullOf(body, OUTLET),
    declared,
  };
}

function addressOf(body: PlaceBody): InfluxAddress {
  const url = body.url.replace(/\/+$/, "");
  if (body.database !== undefined)
    return {
      version: 1,
      url,
      database: body.database,
      ...(body.username === undefined ? {} : { username: body.username }),
      ...(body.password === undefined ? {} : { password: body.password }),
    };
  const { org, token, bucket } = body;
  if (org === undefined || token === undefined || bucket === undefined) throw new Error("A bucket was accepted and is none.");
  return { version: 2, url, org, token, bucket };
}
