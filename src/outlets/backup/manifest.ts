/** What is written beside a copy: how to know it, and that it was read back. */
export interface Manifest {
  /** Name of the copy in its folder. */
  readonly file: string;
  readonly madeMs: number;
  readonly bytes: number;
  readonly samples: number;
  /** Read back whole when it was made, and nothing was damaged. */
  readonly verified: boolean;
  /** Hex, of the file. */
  readonly sha256: string;
  /** Format of the store's tables. */
  readonly format: number;
  /** Which moment of the store it holds. */
  readonly mark: string;
}

const NAME = /^wattkeep-(\d{4}-\d{2}-\d{2})T(\d{2})(\d{2})(\d{2})Z\.backup$/;
const SUFFIX = ".backup";

/** `wattkeep-2026-11-21T003500Z.backup`: names sort as instants do. */
export function copyName(madeMs: number): string {
  return `wattkeep-${new Date(madeMs).toISOString().slice(0, 19).replaceAll(":", "")}Z${SUFFIX}`;
}

/** Whether a file of this name is a copy. */
export function isCopyName(name: string): boolean {
  return NAME.test(name);
}

/** Where the manifest of a copy is. */
export function manifestName(copy: string): string {
  return `${copy.slice(0, -SUFFIX.length)}.json`;
}

/** The copy that a manifest of this name tells of. Missing: undefined for other names. */
export function copyOf(name: string): string | undefined {
  const copy = name.replace(/\.json$/, SUFFIX);
  return name !== copy && isCopyName(copy) ? copy : undefined;
}

/** What stands in the file beside a copy. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify({ made: new Date(manifest.madeMs).toISOString(), ...manifest }, null, 2)}\n`;
}

/** Missing: undefined for a text that is no manifest. */
export function parseManifest(text: string): Manifest | undefined {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof said !== "object" || said === null) return undefined;
  const { file, madeMs, bytes, samples, verified, sha256, format, mark } = said as Record<string, unknown>;
  const numbers = [madeMs, bytes, samples, format];
  const texts = [file, sha256, mark];
  if (!numbers.every(Number.isFinite) || !texts.every((one) => typeof one === "string") || typeof verified !== "boolean") return undefined;
  if (!isCopyName(file as string)) return undefined;
  return { file, madeMs, bytes, samples, verified, sha256, format, mark } as Manifest;
}
