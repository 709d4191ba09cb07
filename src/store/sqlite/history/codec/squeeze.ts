import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { ByteReader, ByteWriter } from "./bytes.ts";

const LEVEL = 6;

/** Below this many bytes deflate costs more than it saves. */
const WORTH_TRYING = 24;

/** Appends a section: its length, its deflated length (0 where it is kept as it is), its bytes. */
export function writeSqueezed(writer: ByteWriter, section: Uint8Array): void {
  const squeezed = section.length < WORTH_TRYING ? section : deflateRawSync(section, { level: LEVEL });
  const smaller = squeezed.length < section.length;
  writer.varint(section.length);
  writer.varint(smaller ? squeezed.length : 0);
  writer.append(smaller ? squeezed : section);
}

/** The next section, as it was before it was deflated. */
export function readSqueezed(reader: ByteReader): Uint8Array {
  const length = reader.varint();
  const squeezed = reader.varint();
  if (squeezed === 0) return reader.take(length);
  const section = inflateRawSync(reader.take(squeezed), { chunkSize: length + 64, maxOutputLength: length + 64 });
  if (section.length !== length) throw new RangeError("A section does not have the length it was written with");
  return section;
}
