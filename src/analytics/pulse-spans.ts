/**
 * Where the pulses of a source were counted.
 * Shape:   columns of one length, by the end of the span. A span (fromMs, toMs] ends at its message; a message that only stands
 *          for itself has a span of no length. Time that no span covers was not observed.
 *          Spans with QUALITY.recoveredAfterGap lie over silences: somewhere in them these pulses were counted.
 */
export interface Spans {
  readonly length: number;
  readonly fromMs: Float64Array;
  readonly toMs: Float64Array;
  readonly pulses: Float64Array;
  readonly quality: Uint16Array;
  /** What the register did that registers do not do. */
  readonly events: readonly RegisterEvent[];
}

/**
 * `reset`: it went back and stayed there; what was counted around it is not known. `rollover`: it went through its largest number.
 * `momentary`: it showed something else for a moment, which counts nothing. `jump`: it went up by more than can have been counted;
 * counts nothing. `swap`: another device begins.
 */
export interface RegisterEvent {
  readonly kind: "reset" | "rollover" | "momentary" | "jump" | "swap";
  readonly tMs: number;
  readonly before: number;
  readonly after: number;
  /** Pulses that may have been counted and are in no span. */
  readonly possible: number;
}

/** Spans that grow. */
export class SpanSheet {
  length = 0;
  fromMs: Float64Array;
  toMs: Float64Array;
  pulses: Float64Array;
  quality: Uint16Array;

  constructor(room: number) {
    this.fromMs = new Float64Array(room);
    this.toMs = new Float64Array(room);
    this.pulses = new Float64Array(room);
    this.quality = new Uint16Array(room);
  }

  add(fromMs: number, toMs: number, pulses: number, quality: number): void {
    const { length } = this;
    if (length === this.toMs.length) this.grow();
    this.fromMs[length] = fromMs;
    this.toMs[length] = toMs;
    this.pulses[length] = pulses;
    this.quality[length] = quality;
    this.length = length + 1;
  }

  private grow(): void {
    const room = 2 * this.toMs.length + 16;
    this.fromMs = grown(this.fromMs, room);
    this.toMs = grown(this.toMs, room);
    this.pulses = grown(this.pulses, room);
    const quality = new Uint16Array(room);
    quality.set(this.quality);
    this.quality = quality;
  }

  spans(events: readonly RegisterEvent[]): Spans {
    const { length } = this;
    return {
      length,
      fromMs: this.fromMs.subarray(0, length),
      toMs: this.toMs.subarray(0, length),
      pulses: this.pulses.subarray(0, length),
      quality: this.quality.subarray(0, length),
      events,
    };
  }
}

function grown(column: Float64Array, room: number): Float64Array {
  const larger = new Float64Array(room);
  larger.set(column);
  return larger;
}
