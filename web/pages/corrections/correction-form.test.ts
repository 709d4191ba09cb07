import { describe, expect, it } from "vitest";
import { type CorrectionDraft, isMissing, wishOfDraft } from "./correction-form.ts";

const draft: CorrectionDraft = {
  action: "set",
  reading: { series: "house/gas/m3", tMs: Date.UTC(2026, 2, 5, 9) },
  series: "house/gas/m3",
  at: "",
  until: "",
  value: "471,13",
  why: " Point forgotten ",
};
const fieldOf = (more: Partial<CorrectionDraft>) => {
  const wish = wishOfDraft({ ...draft, ...more });
  return isMissing(wish) ? wish.field : "none";
};

describe("a correction somebody fills in", () => {
  it("names the reading by its instant, and the number with comma or point", () => {
    expect(wishOfDraft(draft)).toEqual({
      series: "house/gas/m3",
      action: "set",
      from: "2026-03-05T09:00:00.000Z",
      value: 471.13,
      why: "Point forgotten",
    });
    expect(wishOfDraft({ ...draft, action: "delete", value: "" })).toMatchObject({ action: "delete", value: null });
  });

  it("adds a reading at a clock reading of the site, and moves those of a stretch, also down", () => {
    expect(wishOfDraft({ ...draft, action: "add", at: "2026-03-05T10:15" })).toMatchObject({ from: "2026-03-05T10:15", value: 471.13 });
    const moved = { ...draft, action: "offset" as const, at: "2026-03-05T10:15", until: "2026-03-06T00:00", value: "-5" };
    expect(wishOfDraft(moved)).toMatchObject({ from: "2026-03-05T10:15", to: "2026-03-06T00:00", value: -5 });
  });

  it("says the first thing that is not said yet", () => {
    expect(fieldOf({ reading: undefined })).toBe("reading");
    expect(fieldOf({ action: "add" })).toBe("at");
    expect(fieldOf({ action: "offset", at: "2026-03-05T10:15", until: "" })).toBe("until");
    expect(fieldOf({ value: "" })).toBe("value");
    expect(fieldOf({ value: "many" })).toBe("value");
    expect(fieldOf({ why: " " })).toBe("why");
    expect(fieldOf({})).toBe("none");
  });
});
