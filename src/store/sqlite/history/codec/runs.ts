import type { ByteReader, ByteWriter } from "./bytes.ts";

/** Runs of one number: how many, which; until all rows are told. */
export function writeRuns(writer: ByteWriter, values: Uint16Array): void {
  let start = 0;
  for (let i = 1; i <= values.length; i++) {
    if (i < values.length && values[i] === values[start]) continue;
    writer.varint(i - start);
    writer.varint(values[start] as number);
    start = i;
  }
}

export function readRuns(reader: ByteReader, out: Uint16Array): void {
  for (let at = 0; at < out.length; ) {
    const length = reader.varint();
    if (length === 0 || at + length > out.length) throw new RangeError("Runs do not fit their rows");
    out.fill(reader.varint(), at, at + length);
    at += length;
  }
}
