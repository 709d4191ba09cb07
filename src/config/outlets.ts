import { z } from "zod";
import type { Declared } from "#sites/registry.ts";
import { type InfluxOutletConfig, influxOutletOf, influxOutletSchema } from "./influx.ts";
import { RANKS } from "./ranks.ts";
import type { Secret } from "./secret.ts";
import { line, secret, shown } from "./values.ts";

/** A mirror of a plant's intervals in Azure SQL or SQL Server. */
export interface AzureConfig {
  readonly server: string;
  readonly port: number;
  readonly database: string;
  readonly username: string;
  readonly password: Secret;
  /** A login that may only read; with it rows that others put into the table are taken in. */
  readonly reader?: { readonly username: string; readonly password: Secret };
  /** False only for a server without TLS on a network of one's own. */
  readonly encrypt: boolean;
  /** Accept a certificate nobody has signed. */
  readonly trustServerCertificate: boolean;
  /** The plant that is mirrored; left out: the only one. */
  readonly site?: string;
  /** Where rows of others stand among the sources. */
  readonly rank: (typeof RANKS)[number];
  readonly declared?: Declared;
}

/** What Wattkeep tells Home Assistant over MQTT. */
export interface HomeAssistantConfig {
  /** Left out: the only broker, or our own. */
  readonly broker?: string;
  /** Topic Home Assistant looks for devices under, without a slash at its end. */
  readonly prefix: string;
  /** Topic our results are under, without a slash at its end. */
  readonly topic: string;
  readonly declared?: Declared;
}

/** What leaves for other systems. */
export interface OutletsConfig {
  readonly azure?: AzureConfig;
  readonly homeAssistant?: HomeAssistantConfig;
  readonly influx?: InfluxOutletConfig;
}

/** Where a SQL Server listens. */
export interface SqlAddress {
  readonly host: string;
  readonly port: number;
}

/** `example.database.windows.net`, `tcp:example.database.windows.net,1433` or `host:1433`. Missing: undefined where it is none. */
export function sqlAddressOf(given: string): SqlAddress | undefined {
  const match = /^(?:tcp:)?([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(?:[,:] ?(\d{1,5}))?$/i.exec(given.trim());
  const port = Number(match?.[2] ?? 1433);
  return match?.[1] === undefined || port < 1 || port > 65_535 ? undefined : { host: match[1], port };
}

const server = line.transform((given, context): SqlAddress => {
  const address = sqlAddressOf(given);
  if (address !== undefined) return address;
  context.addIssue({ code: "custom", message: `${shown(given)} is not a SQL Server; write example.database.windows.net or host,1433` });
  return z.NEVER;
});

const azure = z
  .strictObject({
    server,
    database: line,
    username: line,
    password: secret,
    readUsername: line.optional(),
    readPassword: secret.optional(),
    encrypt: z.boolean().optional(),
    trustServerCertificate: z.boolean().optional(),
    site: line.optional(),
    rank: z.enum(RANKS).optional(),
  })
  .refine((body) => (body.readUsername === undefined) === (body.readPassword === undefined), {
    message: "readUsername and readPassword go together; set both or neither",
  });

const topicRoot = z.string().regex(/^[^#+$/\s\0][^#+\0]*$/, "expected a topic without # and +, like homeassistant");
const homeAssistant = z.strictObject({ broker: line.optional(), prefix: topicRoot.optional(), topic: topicRoot.optional() });

export const outletsSchema = z.strictObject({
  azure: azure.optional(),
  homeAssistant: homeAssistant.optional(),
  influx: influxOutletSchema.optional(),
});

/** Outlets with their defaults filled in; `place` says where one is declared. */
export function outletsOf(content: z.infer<typeof outletsSchema> | undefined, place: (name: string) => Declared): OutletsConfig {
  return {
    ...(content?.azure === undefined ? {} : { azure: { ...azureOf(content.azure), declared: place("azure") } }),
    ...(content?.homeAssistant === undefined
      ? {}
      : { homeAssistant: { ...homeAssistantOf(content.homeAssistant), declared: place("homeAssistant") } }),
    ...(content?.influx === undefined ? {} : { influx: influxOutletOf(content.influx, place("influx")) }),
  };
}

function azureOf({ server: address, readUsername, readPassword, ...body }: z.infer<typeof azure>): AzureConfig {
  return {
    server: address.host,
    port: address.port,
    database: body.database,
    username: body.username,
    password: body.password,
    ...(readUsername === undefined || readPassword === undefined ? {} : { reader: { username: readUsername, password: readPassword } }),
    encrypt: body.encrypt ?? true,
    trustServerCertificate: body.trustServerCertificate ?? false,
    ...(body.site === undefined ? {} : { site: body.site }),
    rank: body.rank ?? "device",
  };
}

function homeAssistantOf(body: z.infer<typeof homeAssistant>): HomeAssistantConfig {
  return {
    ...(body.broker === undefined ? {} : { broker: body.broker }),
    prefix: (body.prefix ?? "homeassistant").replace(/\/+$/, ""),
    topic: (body.topic ?? "wattkeep").replace(/\/+$/, ""),
  };
}
