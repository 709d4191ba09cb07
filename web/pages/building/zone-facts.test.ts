import { describe, expect, it } from "vitest";
import { zoneClock } from "#web/charts/zone-clock.ts";
import { zoneRow } from "./fixture.ts";
import { stretchWords, whenShort, whenWords } from "./when-words.ts";
import { boxFacts, zoneFacts } from "./zone-facts.ts";
import { askable, selectionOf, selectionText } from "./zone-time.ts";

const plain = (text: string | undefined) => text?.replaceAll("\u00a0", " ");
const { comfort, airflow } = zoneRow();

describe("what a stretch came to", () => {
  it("says comfort by time and by samples, and what was not judged and why", () => {
    const notJudged = [
      { why: "warm-up", ms: 3_600_000 },
      { why: "air-handler-off", ms: 0 },
    ] as const;
    const facts = zoneFacts({ comfort: { ...comfort, tooWarmMs: 600_000, notJudged: [...notJudged] }, airflow });
    const said = facts.map(({ label, value, note }) => plain(`${label}: ${value} ${note}`.trim()));
    expect(said).toContain("Comfort: 92.0 % of time 90.0 % of 31 samples, 2 h judged");
    expect(said).toContain("Too warm: 10 min");
    expect(said).toContain("Not judged: 1 h warm-up 1 h");
    expect(said).toContain("Airflow: 97.0 % right of 31 samples; off by 1 % on average, 4 cfm too little");
    expect(said.join()).not.toContain("Too cold");
  });

  it("says that nothing was judged, and makes no number of it", () => {
    const facts = zoneFacts({ comfort: { ...comfort, withinTimePct: null }, airflow: { ...airflow, withinPct: null } });
    expect(facts.map(({ value }) => value)).toEqual(["not judged", "not judged"]);
  });

  it("averages damper and reheat over the stretch, states in words aside", () => {
    const column = { series: "s", changeOfValue: false, bucketMs: null, tMs: [0, 10], value: [20, 61] };
    const columns = [
      { ...column, role: "damper-position", unit: "%" },
      { ...column, role: "reheat-stage", unit: "" },
    ];
    const facts = boxFacts({ columns, range: { fromMs: 0, toMs: 20, fromLocal: "", toLocal: "" } });
    expect(facts.map(({ label, value, note }) => plain(`${label} ${value}, ${note}`))).toEqual(["Damper position 41 % mean, 20 to 61 %"]);
  });
});

describe("the time of a zone's page", () => {
  it("goes into an address and comes back in whole seconds, never empty", () => {
    const text = selectionText({ fromMs: 1_772_697_600_400, toMs: 1_772_697_600_700 });
    expect(selectionOf(text)).toEqual({ fromMs: 1_772_697_600_000, toMs: 1_772_697_601_000 });
    expect(selectionOf("abc")).toBeUndefined();
    expect(selectionOf("1772697601000-1772697600000")).toBeUndefined();
  });

  it("is asked for only as the server can answer it", () => {
    const nowMs = 1_772_697_600_000;
    const year = 365 * 86_400_000;
    const { fromMs, toMs } = askable({ fromMs: nowMs - 5 * year, toMs: nowMs + year }, nowMs);
    expect(toMs - fromMs).toBeLessThanOrEqual(400 * 86_400_000);
    expect(askable({ fromMs: nowMs + 1, toMs: nowMs + 2 }, nowMs).fromMs).toBeLessThan(nowMs);
  });

  it("is said at the end of a sentence and at the head of a column", () => {
    const asked = { span: {}, fromMs: 0, toMs: 1, today: false };
    const how = { nowMs: 0, zone: "UTC" };
    expect(whenWords({}, asked, how)).toBe("today");
    expect(whenWords({ range: "7d" }, asked, how)).toBe("in the last 7 days");
    expect(whenWords({}, asked, { ...how, usual: "24h" })).toBe("in the last 24 hours");
    expect([whenShort({}), whenShort({ range: "7d" }), whenShort({ from: 1, to: 2 })]).toEqual(["today", "7 d", ""]);
  });

  it("is a day by its name where it is one, of 23 hours too", () => {
    const clock = zoneClock("America/New_York");
    const fromMs = Date.parse("2026-03-08T05:00:00Z");
    expect(stretchWords(clock, { fromMs, toMs: fromMs + 23 * 3_600_000 })).toBe("Sun 8 Mar");
    expect(stretchWords(clock, { fromMs, toMs: fromMs + 3_600_000 })).toBe("00:00 to 01:00 on Sun 8 Mar");
  });
});
