import { z } from "zod";
import { alertsSchema } from "./alerts.ts";
import { backupsSchema } from "./backups.ts";
import { buildingsSchema } from "./buildings.ts";
import { gasSchema } from "./gas.ts";
import { homesSchema } from "./homes.ts";
import { influxSourceSchema } from "./influx.ts";
import { logSchema } from "./logging.ts";
import { metersSchema } from "./meters.ts";
import { niagaraSchemas } from "./niagara.ts";
import { outletsSchema } from "./outlets.ts";
import { RANKS } from "./ranks.ts";
import { tibberSchema } from "./tibber.ts";
import { timing } from "./timing.ts";
import { utilitiesSchema } from "./utilities.ts";
import { brokerUrl, brokerUrlOf, currency, date, keepFor, line, listen, network, secret, sha256, topicFilter, zone } from "./values.ts";

/** What the contact counts: closures of one contact, or both contacts, each change of the meter's output. */
export const KYZ_FORMS = ["A", "C"] as const;
export const ANONYMOUS_ROLES = ["viewer", "operator", "billing", "admin"] as const;

const site = z.strictObject({
  name: line.optional(),
  zone,
  currency: currency.optional(),
  holidays: z.array(date).optional(),
  gas: gasSchema.optional(),
});

const broker = z.strictObject({
  url: brokerUrl,
  username: line.optional(),
  password: secret.optional(),
  caFile: line.optional(),
  pinSha256: sha256.optional(),
  clientId: line.optional(),
  keepaliveSeconds: z.int().min(1).max(65_535).optional(),
  protocol: z.literal([4, 5]).optional(),
});

const source = z.strictObject({
  name: line.optional(),
  site: line.optional(),
  broker: line.optional(),
  topics: z.array(topicFilter).min(1).optional(),
  dialect: line.optional(),
  options: z.record(z.string(), z.unknown()).optional(),
  points: z.record(z.string(), line).optional(),
  rank: z.enum(RANKS).optional(),
  graceSeconds: z.number().min(0).max(86_400).optional(),
  keepRaw: keepFor.optional(),
  folder: line.optional(),
  glob: line.optional(),
  minAgeSeconds: z.number().min(0).max(86_400).optional(),
  archive: z.union([z.boolean(), line]).optional(),
  influx: influxSourceSchema.optional(),
  domain: line.optional(),
  tibber: tibberSchema.optional(),
  niagaraExport: niagaraSchemas.niagaraExport.optional(),
  obix: niagaraSchemas.obix.optional(),
  niagaraServlet: niagaraSchemas.niagaraServlet.optional(),
  niagaraAnalytics: niagaraSchemas.niagaraAnalytics.optional(),
  ...timing,
});

const fact = z.strictObject({
  from: line,
  pulsesPerKwh: z.number().positive().optional(),
  kwhPerPulse: z.number().positive().optional(),
  form: z.enum(KYZ_FORMS).optional(),
  multiplier: z.number().optional(),
  scale: z.number().optional(),
  offset: z.number().optional(),
  calorificValue: z.number().positive().optional(),
});

const point = z.strictObject({
  name: line.optional(),
  quantity: line.optional(),
  unit: line.optional(),
  facts: z.array(fact).optional(),
});

const tariff = z.strictObject({
  point: line,
  plan: z.union([line, z.record(z.string(), z.unknown())]),
  validFrom: date.optional(),
  anchor: date.optional(),
  readDates: z.array(date).min(1).optional(),
  calendar: z.boolean().optional(),
});

const compat = z.strictObject({
  kyz: z
    .strictObject({
      site: line.optional(),
      point: line.optional(),
      tokenInUrl: z.boolean().optional(),
      token: secret.optional(),
      plantName: line.optional(),
      seriesMaxDays: z.int().min(1).max(36_500).optional(),
      extendedRange: z.boolean().optional(),
      streamSeconds: z.number().min(0).max(3_600).optional(),
      credentialMode: z.enum(["ro", "rw"]).optional(),
    })
    .optional(),
  tasmota: z.strictObject({ home: line.optional() }).optional(),
  niagara: z.strictObject({ site: line.optional() }).optional(),
});

/** `auto`, `embedded`, `embedded:PORT` or a broker's URL. */
export function isMqttChoice(given: string): boolean {
  return given === "auto" || given === "embedded" || /^embedded:\d{1,5}$/.test(given) || brokerUrlOf(given) !== undefined;
}

/** What a configuration file may say: every key there is, and no other. */
export const configSchema = z.strictObject({
  sites: z.record(z.string(), site).optional(),
  brokers: z.record(z.string(), broker).optional(),
  sources: z.record(z.string(), source).optional(),
  points: z.record(z.string(), point).optional(),
  tariffs: z.array(tariff).optional(),
  homes: homesSchema.optional(),
  meters: metersSchema.optional(),
  gas: gasSchema.optional(),
  utilities: utilitiesSchema.optional(),
  buildings: buildingsSchema.optional(),
  alerts: alertsSchema.optional(),
  backups: backupsSchema.optional(),
  outlets: outletsSchema.optional(),
  compat: compat.optional(),
  usage: z.strictObject({ keepDays: z.int().min(1).max(3_650).optional() }).optional(),
  access: z.strictObject({ anonymous: z.array(z.strictObject({ role: z.enum(ANONYMOUS_ROLES), from: network })).optional() }).optional(),
  http: z
    .strictObject({
      listen: listen.optional(),
      publicHosts: z.array(line).optional(),
      allowedOrigins: z.array(line).optional(),
      trustProxy: z.array(network).optional(),
      basePath: z
        .string()
        .regex(/^\/([\w.-]+\/?)*$/, "expected a path like /wattkeep")
        .optional(),
    })
    .optional(),
  broker: z.strictObject({ listen: listen.optional(), requireCredentials: z.boolean().optional() }).optional(),
  mqtt: z.string().refine(isMqttChoice, "expected auto, embedded, embedded:PORT or a broker like mqtt://192.168.1.5:1883").optional(),
  data: line.optional(),
  log: logSchema.optional(),
});

export type ConfigFile = z.infer<typeof configSchema>;
