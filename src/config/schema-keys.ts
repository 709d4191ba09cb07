import { z } from "zod";

/** Every key a schema knows, as the guide writes it: `sites.NAME.zone`, `access.anonymous[].role`. */
export function schemaKeys(schema: z.core.$ZodType, at = ""): string[] {
  const plain = unwrapped(schema);
  if (plain instanceof z.ZodObject) {
    return Object.entries(plain.shape).flatMap(([key, body]) => withKeysBelow(body as z.core.$ZodType, at === "" ? key : `${at}.${key}`));
  }
  if (plain instanceof z.ZodRecord) return schemaKeys(plain.valueType, `${at}.NAME`);
  if (plain instanceof z.ZodArray) return schemaKeys(plain.element, `${at}[]`);
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

/** Keys a schema knows by name at a path; none where it takes any. */
export function keysAt(schema: z.ZodType, path: readonly (string | number)[]): string[] {
  let here: z.core.$ZodType | undefined = schema;
  for (const step of path) here = here && childOf(here, step);
  const object = here && unwrapped(here);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

function childOf(schema: z.core.$ZodType, step: string | number): z.core.$ZodType | undefined {
  const plain = unwrapped(schema);
  if (plain instanceof z.ZodObject) return Object.hasOwn(plain.shape, step) ? plain.shape[step] : undefined;
  if (plain instanceof z.ZodRecord) return plain.valueType;
  return plain instanceof z.ZodArray ? plain.element : undefined;
}
