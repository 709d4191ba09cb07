import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { ApiError } from "#api/errors.ts";

/** A picture as it is kept. */
export interface Photo {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly ending: string;
}

const MOST_BYTES = 5 * 1_048_576;

const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));
const HEIC_BRANDS = /^(?:heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/;

/** Kinds of pictures, by their first bytes: what a sender or a name says of them is never believed. */
const KINDS: readonly { readonly type: string; readonly ending: string; readonly is: (bytes: Uint8Array) => boolean }[] = [
  { type: "image/jpeg", ending: "jpg", is: (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff },
  { type: "image/png", ending: "png", is: (bytes) => ascii(bytes, 0, 8) === "\x89PNG\r\n\x1a\n" },
  { type: "image/webp", ending: "webp", is: (bytes) => ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP" },
  { type: "image/heic", ending: "heic", is: (bytes) => ascii(bytes, 4, 8) === "ftyp" && HEIC_BRANDS.test(ascii(bytes, 8, 12)) },
];

/** The bytes of a body, at most as many as a picture may have. Errors: photo-unusable. */
export async function bodyOf(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.byteLength;
    if (length > MOST_BYTES) throw new ApiError("photo-unusable", {}, ["the picture is larger than 5 MiB"]);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Keeps a picture under an id, durable before it resolves; `mark` is nobody else's. The same picture again changes nothing.
 * Errors: photo-unusable, photo-taken.
 */
export async function keepPhoto(folder: string, id: string, { bytes, mark }: { bytes: Uint8Array; mark: string }): Promise<void> {
  const kind = KINDS.find(({ is }) => is(bytes));
  if (kind === undefined) throw new ApiError("photo-unusable", {}, ["its first bytes are those of no JPEG, PNG, WebP or HEIC"]);
  const there = await photoOf(folder, id);
  if (there !== undefined) return refuseOther(id, bytes, there);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const half = join(folder, `.${id}.${mark}.half`);
  try {
    await writeDurably(half, bytes);
    await rename(half, join(folder, `${id}.${kind.ending}`));
  } finally {
    await rm(half, { force: true });
  }
}

/** Missing: undefined where none is kept under the id. */
export async function photoOf(folder: string, id: string): Promise<Photo | undefined> {
  for (const { type, ending } of KINDS) {
    const bytes = await readFile(join(folder, `${id}.${ending}`)).catch((error: { code?: string }) => {
      if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
      throw error;
    });
    if (bytes !== undefined) return { bytes, type, ending };
  }
  return undefined;
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

function refuseOther(id: string, bytes: Uint8Array, there: Photo | undefined): void {
  if (there === undefined || Buffer.compare(bytes, there.bytes) !== 0) throw new ApiError("photo-taken", { id });
}
