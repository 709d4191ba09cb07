import { describe, expect, it } from "vitest";
import { changeText, demandText, powerEverySeconds, powerText } from "./figures.ts";

const plain = (text: string | undefined) => text?.replaceAll("\u00a0", " ");

describe("figures of a plant", () => {
  it("show a demand with the resolution of its pulse", () => {
    expect(plain(demandText(414.8, { pulseKw: 6.8 }))).toBe("414.8 kW");
    expect(plain(demandText(3660, { pulseKw: 6.8 }))).toBe("3,660.0 kW");
    expect(plain(demandText(null, { pulseKw: 6.8 }))).toBe("—");
  });

  it("show no digit that is less than the doubt", () => {
    expect(plain(powerText(388.4, 9))).toBe("388 kW");
    expect(plain(powerText(41.27, 0.4))).toBe("41.3 kW");
    expect(plain(powerText(4.127, 0.02))).toBe("4.13 kW");
  });

  it("count a power over as long as a pulse needs to be a small part of it", () => {
    expect(powerEverySeconds(1.7, 347)).toBe(240);
    expect(powerEverySeconds(1.7, 3660)).toBe(60);
    expect(powerEverySeconds(1.7, 100)).toBe(300);
    expect(powerEverySeconds(null, 100)).toBe(60);
    expect(powerEverySeconds(1.7, 0)).toBe(60);
  });

  it("say a change with a sign, and nothing where it is not known", () => {
    expect(plain(changeText(1.8))).toBe("▲ 1.8 %");
    expect(plain(changeText(-11.74))).toBe("▼ 11.7 %");
    expect(changeText(0.01)).toBe("as before");
    expect(changeText(null)).toBeUndefined();
  });
});
