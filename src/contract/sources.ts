import { z } from "zod";

const brokerSchema = z.object({
  name: z.string(),
  kind: z.enum(["mqtt", "broker", "replay"]),
  address: z.string(),
  state: z.enum(["starting", "connected", "waiting", "refused", "closed"]),
  sinceMs: z.number(),
  problem: z.string().optional(),
  protocol: z.string().optional(),
  received: z.number(),
  qos0: z.number(),
  acknowledged: z.number(),
  inFlight: z.number(),
  reconnects: z.number(),
  clients: z.number().optional().describe("devices connected to the embedded broker"),
});
export type BrokerInfo = z.infer<typeof brokerSchema>;

const ledgerRowSchema = z.object({
  source: z.string(),
  messages: z.number(),
  withItems: z.number(),
  without: z.record(z.string(), z.number()),
  items: z.number(),
  stored: z.number(),
  replaced: z.number(),
  duplicate: z.number(),
  refused: z.number(),
  rejected: z.number(),
  spooled: z.number(),
  messagesBalance: z.number().describe("messages - with items - without; always 0"),
  itemsBalance: z.number().describe("items - stored - replaced - duplicate - refused - rejected - spooled; always 0"),
});
export type LedgerInfo = z.infer<typeof ledgerRowSchema>;
export const ledgerSchema = z.object({ sources: z.array(ledgerRowSchema), balanced: z.boolean() });
export type LedgerAnswer = z.infer<typeof ledgerSchema>;

const deviceSchema = z.object({
  id: z.string(),
  serial: z.string().optional(),
  points: z.array(z.string()),
  firstSeenMs: z.number(),
  lastMs: z.number().optional(),
});

const sourceSchema = z.object({
  name: z.string(),
  site: z.string(),
  dialect: z.string(),
  dialectTitle: z.string(),
  topics: z.array(z.string()),
  broker: z.string().optional(),
  fetched: z
    .object({ from: z.string(), job: z.string().describe("of GET /jobs: when, and how it went") })
    .optional()
    .describe("where its readings are fetched; left out for a source that speaks by itself"),
  perMinute: z.number().describe("messages a minute, over the last five"),
  lastMs: z.number().optional(),
  qos0Share: z.number().describe("0..1 of messages that came at QoS 0 and are not guaranteed"),
  devices: z.array(deviceSchema),
  demo: z.boolean(),
  declared: z.object({ file: z.string(), line: z.number() }).optional(),
});
export type SourceInfo = z.infer<typeof sourceSchema>;

/** A topic nobody claims, with what it probably is and why. */
const unclaimedSchema = z.object({
  topic: z.string(),
  broker: z.string(),
  count: z.number(),
  lastMs: z.number(),
  sample: z.string().describe("first 200 characters, control characters escaped"),
  guess: z.object({ dialect: z.string(), confidence: z.number(), evidence: z.string(), filter: z.string() }).optional(),
});
export type UnclaimedInfo = z.infer<typeof unclaimedSchema>;

export const sourcesSchema = z.object({
  nowMs: z.number(),
  brokers: z.array(brokerSchema),
  sources: z.array(sourceSchema),
  unclaimed: z.array(unclaimedSchema),
});
export type SourcesAnswer = z.infer<typeof sourcesSchema>;

const rejectSchema = z.object({
  id: z.number(),
  source: z.string(),
  topic: z.string(),
  code: z.string(),
  sentence: z.string(),
  body: z.string().describe("base64 of the first 4 KiB"),
  text: z.string().describe("the same bytes as text, control and broken characters escaped"),
  bodyBytes: z.number(),
  receivedMs: z.number(),
  lastMs: z.number(),
  count: z.number(),
  decoder: z.string(),
  redrivenMs: z.number().optional(),
});
export type RejectInfo = z.infer<typeof rejectSchema>;
export const rejectsSchema = z.object({ rejects: z.array(rejectSchema), more: z.boolean() });
export type RejectsAnswer = z.infer<typeof rejectsSchema>;

export const rejectsQuerySchema = z.object({
  source: z.string().optional(),
  code: z.string().optional(),
  open: z.stringbool().optional().describe("only those no re-drive has mended"),
  before: z.coerce.number().int().optional().describe("ids below this"),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

export const redriveBodySchema = z.strictObject({
  ids: z.array(z.number().int()).max(1000).optional(),
  source: z.string().optional(),
  code: z.string().optional(),
});
export const redriveSchema = z.object({
  tried: z.number(),
  mended: z.number(),
  stillRejected: z.number(),
  skipped: z.number().describe("kept bytes were cut off, so nothing can be read from them"),
});
export type RedriveAnswer = z.infer<typeof redriveSchema>;
