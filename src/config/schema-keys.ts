import { z } from "zod";

/** Every key a schema knows, as the guide writes it: `sites.NAME.zone`, `access.anonymous[].role`. */
export function schemaKeys(schema: z.core.$ZodType, at = ""): string[] {
  const plain = unwrapped(schema);
  if (plain instanceof z.ZodObject) {
    return Object.entries(plain.shape).flatMap(([key, body]) => withKeysBelow(body as z.core.$ZodType, at === "" ? key : `${at}.${key}`));
  }
  if (plain instanceof z.ZodRecord) return schemaKeys(plain.valueType, `${at}.NAME`);
  if (plain instanceof z.ZodArray) return schemaKeys(plain.element, `${at}[]`);
  if (plain instanceof z.ZodDiscriminatedUnion) return [...new Set(optionsOf(plain).flatMap((option) => schemaKeys(option, at)))];
  return [];
}

function withKeysBelow(schema: z.core.$ZodType, path: string): string[] {
  const below = schemaKeys(schema, path);
  return below.length > 0 ? below : [path];
}

/** What an optional or transformed schema is about. */
function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return unwrapped(schema.unwrap());
  return schema instanceof z.ZodPipe ? unwrapped(schema.in) : schema;
}

/** Keys a schema knows by name at a path of some content; none where it takes any. */
export function keysAt(schema: z.ZodType, path: readonly (string | number)[], content: unknown): string[] {
  const object = schemaAt(schema, path, content);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

/** What the key at a path may say, where it decides which other keys there are. Missing: undefined where it does not. */
export function kindsAt(schema: z.ZodType, path: readonly (string | number)[]): string[] | undefined {
  let here: z.core.$ZodType | undefined = unwrapped(schema);
  for (const step of path.slice(0, -1)) here = here && childOf(here, step);
  const union = here && unwrapped(here);
  if (!(union instanceof z.ZodDiscriminatedUnion)) return undefined;
  return optionsOf(union).flatMap((option) => kindOf(option, String(path.at(-1))) ?? []);
}

function schemaAt(schema: z.ZodType, path: readonly (string | number)[], content: unknown): z.core.$ZodType | undefined {
  let here: z.core.$ZodType | undefined = chosen(schema, content);
  let body = content;
  for (const step of path) {
    body = typeof body === "object" && body !== null ? (body as Record<string | number, unknown>)[step] : undefined;
    const child: z.core.$ZodType | undefined = here && childOf(here, step);
    here = child && chosen(child, body);
  }
  return here;
}

/** The schema itself, or of several kinds the one that the content says it is. */
function chosen(schema: z.core.$ZodType, content: unknown): z.core.$ZodType {
  const plain = unwrapped(schema);
  if (!(plain instanceof z.ZodDiscriminatedUnion)) return plain;
  const key = plain.def.discriminator;
  const kind = typeof content === "object" && content !== null ? (content as Record<string, unknown>)[key] : undefined;
  return optionsOf(plain).find((option) => kindOf(option, key) === kind) ?? plain;
}

function optionsOf(union: z.ZodDiscriminatedUnion): readonly z.core.$ZodType[] {
  return union.options.map(unwrapped);
}

function kindOf(option: z.core.$ZodType, key: string): string | undefined {
  const kind = option instanceof z.ZodObject ? option.shape[key] : undefined;
  return kind instanceof z.ZodLiteral ? String(kind.value) : undefined;
}

function childOf(schema: z.core.$ZodType, step: string | number): z.core.$ZodType | undefined {
  const plain = unwrapped(schema);
  if (plain instanceof z.ZodObject) return Object.hasOwn(plain.shape, step) ? plain.shape[step] : undefined;
  if (plain instanceof z.ZodRecord) return plain.valueType;
  return plain instanceof z.ZodArray ? plain.element : undefined;
}
