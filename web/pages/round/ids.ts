const BYTES = 16;

/** A name nobody else makes up: of a reading, of a picture. Works on plain http too, where `randomUUID` is missing. */
export function freshId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(BYTES)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
