import { z } from "zod";
import { MINUTE_MS } from "#calendar/civil.ts";
import { isZone, zoneNamed } from "#calendar/zone.ts";
import { KINDS } from "#series/kind.ts";
import { type Pointer, parsePointer } from "./pointer.ts";
import { type Template, type TopicPattern, template, topicPattern } from "./template.ts";

const pointerSchema = z
  .string()
  .refine((text) => parsePointer(text) !== undefined, 'is no JSON pointer; write it like /data/power, or "" for the whole message')
  .describe('JSON pointer (RFC 6901), "" is the whole message');

const templateSchema = z.string().min(1);

const readingSchema = z.strictObject({
  pointer: pointerSchema.default(""),
  quantity: templateSchema.describe("power, energy-import, temperature …; {name} is a part of the topic"),
  unit: z.string().max(40).default("").describe("The sender's unit; nothing is converted"),
  kind: z.enum(KINDS).describe("counter, delta, interval, gauge, state or price"),
  point: templateSchema.describe("Point id; {name} is a part of the topic"),
  pointName: z
    .union([templateSchema, z.strictObject({ pointer: pointerSchema })])
    .optional()
    .describe("What people call it; a text, or where the message says it"),
  missing: z.enum(["nothing", "reject"]).default("nothing").describe("What a message without this place becomes"),
  intervalMinutes: z.number().positive().max(527_040).optional().describe("Length, for kind interval"),
  status: pointerSchema.optional().describe("Where the sender's status text is"),
});

const bodySchema = z.strictObject({
  topic: z.string().min(1).optional().describe("Topic with named parts: tele/{device}/power"),
  device: templateSchema.optional().describe("Name of the hardware; left out, the topic part {device}, else the point"),
  serial: pointerSchema.optional().describe("Where the serial number is"),
  readings: z.array(readingSchema).min(1),
  time: z
    .strictObject({
      pointer: pointerSchema,
      format: z.enum(["iso", "epoch-s", "epoch-ms"]),
      label: z.enum(["end", "start"]).default("end").describe("Which end of an interval the time names"),
    })
    .optional()
    .describe("Where the sender's own time is; left out, readings are stamped by arrival"),
  zone: z.string().refine(isZone, "is no time zone; write it like Europe/Berlin").optional().describe("Zone of times without an offset"),
  decimalComma: z.boolean().default(false).describe("Numbers are written 1.234,5"),
});

type Body = z.output<typeof bodySchema>;

export const optionsSchema = bodySchema.superRefine(check).transform(compile);

export type Options = z.output<typeof optionsSchema>;
export type ReadingRule = Options["readings"][number];

function check(body: Body, context: z.RefinementCtx): void {
  const say = (path: (string | number)[], message: string): void => context.addIssue({ code: "custom", path, message });
  const pattern = topicPattern(body.topic ?? "#");
  if (typeof pattern === "string") {
    say(["topic"], pattern);
    return;
  }
  const texts = (text: string, path: (string | number)[]): void => {
    const problem = templateProblem(text, pattern.names);
    if (problem) say(path, problem);
  };
  if (body.device !== undefined) texts(body.device, ["device"]);
  for (const [i, reading] of body.readings.entries()) {
    texts(reading.quantity, ["readings", i, "quantity"]);
    texts(reading.point, ["readings", i, "point"]);
    if (typeof reading.pointName === "string") texts(reading.pointName, ["readings", i, "pointName"]);
    const needsLength = reading.kind === "interval" && reading.intervalMinutes === undefined;
    if (needsLength) say(["readings", i, "intervalMinutes"], "is needed for kind interval: how many minutes one value covers");
  }
}

function templateProblem(text: string, names: readonly string[]): string | undefined {
  const found = template(text);
  if (typeof found === "string") return found;
  const unknown = found.names.find((name) => !names.includes(name));
  if (unknown === undefined) return undefined;
  const known = names.length === 0 ? "the topic has no named parts" : `there are ${names.map((name) => `{${name}}`).join(", ")}`;
  return `{${unknown}} is no part of the topic; ${known}`;
}

function compile(body: Body) {
  return {
    pattern: topicPattern(body.topic ?? "#") as TopicPattern,
    device: body.device === undefined ? undefined : (template(body.device) as Template),
    serial: pointerOf(body.serial),
    time:
      body.time === undefined
        ? undefined
        : { ...body.time, where: body.time.pointer || "the message", pointer: pointerOf(body.time.pointer) as Pointer },
    zone: body.zone === undefined ? undefined : zoneNamed(body.zone),
    numbers: { decimalComma: body.decimalComma },
    plain: body.readings.some((reading) => reading.pointer === ""),
    readings: body.readings.map((reading) => ({
      where: reading.pointer === "" ? "The message" : reading.pointer,
      pointer: pointerOf(reading.pointer) as Pointer,
      quantity: template(reading.quantity) as Template,
      unit: reading.unit,
      kind: reading.kind,
      point: template(reading.point) as Template,
      pointName: typeof reading.pointName === "string" ? (template(reading.pointName) as Template) : undefined,
      namePointer: typeof reading.pointName === "object" ? pointerOf(reading.pointName.pointer) : undefined,
      missing: reading.missing,
      intervalMs: reading.intervalMinutes === undefined ? undefined : reading.intervalMinutes * MINUTE_MS,
      status: pointerOf(reading.status),
    })),
  };
}

function pointerOf(text: string | undefined): Pointer | undefined {
  return text === undefined ? undefined : parsePointer(text);
}
