/** Bytes that grow while they are written. Little endian throughout. */
export class ByteWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#length++] = value;
  }

  /** A whole number from 0 up to 2^53, seven bits per byte, lowest first; the top bit says that more follow. */
  varint(value: number): void {
    this.#room(8);
    let rest = value;
    while (rest >= 0x80000000) {
      this.#bytes[this.#length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  /** A signed whole number up to 2^52 either way: 0, -1, 1, -2 … become 0, 1, 2, 3 … */
  zigzag(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  uint16(value: number): void {
    this.#room(2);
    this.#view.setUint16(this.#length, value, true);
    this.#length += 2;
  }

  uint32(value: number): void {
    this.#room(4);
    this.#view.setUint32(this.#length, value, true);
    this.#length += 4;
  }

  float64(value: number): void {
    this.#room(8);
    this.#view.setFloat64(this.#length, Number.isNaN(value) ? Number.NaN : value, true);
    this.#length += 8;
  }

  float64s(values: Float64Array): void {
    this.#room(values.length * 8);
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      this.#view.setFloat64(this.#length + i * 8, Number.isNaN(value) ? Number.NaN : value, true);
    }
    this.#length += values.length * 8;
  }

  append(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** What was written, sharing memory with the writer. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #room(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    larger.set(this.view());
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/** Reads what ByteWriter wrote. Errors: RangeError where the bytes end too early. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  byte(): number {
    const value = this.#bytes[this.#at++];
    if (value === undefined) throw new RangeError("The packed bytes end too early");
    return value;
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** The next `out.length` zigzag numbers; the hot loop of every decoder. */
  zigzags(out: Float64Array): void {
    const bytes = this.#bytes;
    let at = this.#at;
    for (let i = 0; i < out.length; i++) {
      let byte = bytes[at++] as number;
      let bits = byte & 127;
      for (let shift = 7; byte >= 128 && shift < 28; shift += 7) {
        byte = bytes[at++] as number;
        bits |= (byte & 127) << shift;
      }
      if (byte >= 128) {
        let value = bits;
        for (let scale = 2 ** 28; byte >= 128; scale *= 128) {
          byte = bytes[at++] as number;
          value += (byte & 127) * scale;
        }
        out[i] = value % 2 === 0 ? value / 2 : -(value + 1) / 2;
      } else {
        out[i] = (bits >>> 1) ^ -(bits & 1);
      }
    }
    if (at > bytes.length) throw new RangeError("The packed bytes end too early");
    this.#at = at;
  }

  /** The next `out.length` numbers in steps of 1 / `power`: each is a zigzag number of steps from the one before, the first from 0. */
  decimals(out: Float64Array, power: number): void {
    const bytes = this.#bytes;
    let at = this.#at;
    let whole = 0;
    for (let i = 0; i < out.length; i++) {
      let byte = bytes[at++] as number;
      let bits = byte & 127;
      for (let shift = 7; byte >= 128 && shift < 28; shift += 7) {
        byte = bytes[at++] as number;
        bits |= (byte & 127) << shift;
      }
      if (byte >= 128) {
        let value = bits;
        for (let scale = 2 ** 28; byte >= 128; scale *= 128) {
          byte = bytes[at++] as number;
          value += (byte & 127) * scale;
        }
        whole += value % 2 === 0 ? value / 2 : -(value + 1) / 2;
      } else {
        whole += (bits >>> 1) ^ -(bits & 1);
      }
      out[i] = whole / power;
    }
    if (at > bytes.length) throw new RangeError("The packed bytes end too early");
    this.#at = at;
  }

  uint16(): number {
    this.#at += 2;
    return this.#view.getUint16(this.#at - 2, true);
  }

  uint32(): number {
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4, true);
  }

  float64(): number {
    this.#at += 8;
    return this.#view.getFloat64(this.#at - 8, true);
  }

  take(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length) throw new RangeError("The packed bytes end too early");
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
