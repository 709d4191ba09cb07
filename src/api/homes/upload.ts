import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ApiError } from "#api/errors.ts";

const MIB = 1_048_576;
const MOST_MIB = 256;
/** A sender that left in the midst of it. */
const GONE: ReadonlySet<string> = new Set(["ECONNRESET", "ERR_STREAM_PREMATURE_CLOSE"]);

/**
 * Puts a body aside while something is done with it: taking a file in may last longer than a sender's patience.
 * Errors: upload-too-large; those of the work.
 */
export async function withUpload<T>(body: Readable, work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "wattkeep-upload-"));
  try {
    const path = join(folder, "upload.csv");
    await pipeline(body, atMost(MOST_MIB * MIB), createWriteStream(path, { mode: 0o600 })).catch((error: { code?: string }) => {
      throw GONE.has(error.code ?? "") ? new ApiError("bad-request", {}, ["the file did not arrive whole"]) : error;
    });
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function atMost(bytes: number): Transform {
  let came = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      came += chunk.byteLength;
      if (came > bytes) done(new ApiError("upload-too-large", { limit: `${MOST_MIB} MiB` }));
      else done(null, chunk);
    },
  });
}
