import type { MeterIndex } from "./meter-index.ts";

/** The index that grows while readings are judged; room for as many rows as there can be. */
export class GrowingIndex {
  length = 0;
  private readonly tMs: Float64Array;
  private readonly total: Float64Array;
  private readonly register: Float64Array;
  private readonly step: Uint8Array;

  constructor(room: number) {
    this.tMs = new Float64Array(room);
    this.total = new Float64Array(room);
    this.register = new Float64Array(room);
    this.step = new Uint8Array(room);
  }

  push(tMs: number, total: number, { register, step }: { register: number; step: number }): void {
    const i = this.length;
    this.tMs[i] = tMs;
    this.total[i] = total;
    this.register[i] = register;
    this.step[i] = step;
    this.length = i + 1;
  }

  /** A reading that goes without saying. */
  pushPlain(tMs: number, total: number, register: number): void {
    const i = this.length;
    this.tMs[i] = tMs;
    this.total[i] = total;
    this.register[i] = register;
    this.length = i + 1;
  }

  pop(): void {
    this.length -= 1;
    this.step[this.length] = 0;
  }

  timeAt(row: number): number {
    return this.tMs[row] as number;
  }

  totalAt(row: number): number {
    return this.total[row] as number;
  }

  registerAt(row: number): number {
    return this.register[row] as number;
  }

  stepAt(row: number): number {
    return this.step[row] as number;
  }

  index(): MeterIndex {
    const n = this.length;
    return {
      tMs: this.tMs.subarray(0, n),
      total: this.total.subarray(0, n),
      register: this.register.subarray(0, n),
      step: this.step.subarray(0, n),
    };
  }
}
