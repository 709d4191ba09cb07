import fc from "fast-check";
import { expect, test } from "vitest";
import { type AlertRule, ruleSchema } from "#contract/alerts.ts";
import { formOf, idFor, nameFor, newForm, ruleOf } from "./rule-form.ts";

const ms = fc.integer({ min: 0, max: 31_536_000_000 });
const spacedMs = ms.filter((one) => one >= 60_000);
const limit = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 });
const id = fc.stringMatching(/^[a-z0-9]{1,20}(-[a-z0-9]{1,20}){0,2}$/);
const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ]{0,40}[A-Za-z]$/);
const common = {
  ...{ id, name, severity: fc.constantFrom("info", "warning", "critical"), enabled: fc.boolean() },
  channels: fc.array(name, { maxLength: 3 }),
};
type Fields = Record<string, fc.Arbitrary<unknown>>;
const record = (kind: string, fields: Fields, optional: Fields = {}) =>
  fc
    .tuple(
      fc.record({ ...common, kind: fc.constant(kind), ...fields }),
      fc.record({ repeatMs: spacedMs, ...optional }, { requiredKeys: [] }),
    )
    .map(([needed, more]) => ({ ...needed, ...more }));
const size = fc.double({ noNaN: true, min: 0, max: 1e6 });
const above = { above: limit, hysteresis: size };
const rule = fc.oneof(
  record("stale", { source: name }, { afterMs: ms }),
  record("thinning", { of: name, overMs: spacedMs, fewerThan: fc.integer({ min: 1, max: 1e8 }) }),
  record("threshold", { series: name, ...above, forMs: ms }),
  record("demand", { plant: name, notBeforeMs: ms, leadMs: ms, hysteresisKw: size }, { targetKw: size.filter((one) => one > 0) }),
  record("price", { series: name, ...above }),
  record("job", { job: name }),
) as fc.Arbitrary<AlertRule>;

test("a rule that is opened and saved untouched is what it was, and what the server takes", () => {
  fc.assert(
    fc.property(rule, (one) => {
      const said = ruleOf(formOf(one), new Set());
      expect(said).toEqual({ rule: { ...one, ...zeroed(one) }, problems: {} });
      expect(ruleSchema.safeParse(said.rule).success).toBe(true);
    }),
  );
});

/** A minus before a zero is not kept, and means nothing. */
function zeroed(one: AlertRule): Partial<Record<string, number>> {
  return Object.fromEntries(Object.entries(one).flatMap(([key, value]) => (value === 0 ? [[key, 0]] : [])));
}

test("what is missing or cannot be read is told at its field, all at once", () => {
  const form = { ...newForm([]), kind: "threshold" as const, forTime: "soon", repeat: "now and then", hysteresis: "wide" };
  expect(Object.keys(ruleOf(form, new Set()).problems).toSorted()).toEqual(["above", "forTime", "hysteresis", "name", "repeat", "subject"]);
});

test("what would be told at every look, or counted over nothing, is not taken", () => {
  const form = {
    ...newForm([]),
    kind: "thinning" as const,
    name: "Thin",
    subject: "home/meter",
    fewerThan: "3",
    repeat: "5 s",
    over: "0 s",
  };
  expect(ruleOf(form, new Set()).problems).toEqual({ repeat: "A minute at least.", over: "A minute at least." });
});

test("a lower limit above the upper one is not taken: it would fire at every value", () => {
  const form = { ...newForm([]), kind: "price" as const, name: "Price", subject: "a/b/price@c", above: "0,10", below: "0.2" };
  expect(ruleOf(form, new Set()).problems).toEqual({ below: "This has to be less than the upper limit." });
  expect(ruleOf({ ...form, below: "" }, new Set()).rule).toMatchObject({ id: "price", above: 0.1, hysteresis: 0 });
});

test("a name gives an id of small letters, and never one that is taken", () => {
  expect(["Grid above 4 kW", "Wärme, Straße", "電力", "  -- "].map((one) => idFor(one, new Set(["rule"])))).toEqual([
    "grid-above-4-kw",
    "warme-strasse",
    "rule-2",
    "rule-2",
  ]);
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.array(id), (text, others) => {
      const taken = new Set(others);
      expect(ruleSchema.options[0].shape.id.safeParse(idFor(text, taken)).success).toBe(true);
      expect(taken.has(idFor(text, taken))).toBe(false);
    }),
  );
});

test("a rule that nobody named is called after what it watches and its limits", () => {
  const name = (kind: AlertRule["kind"], above = "", below = "") => nameFor({ kind, above, below }, "Grid, power", "kW");
  expect([name("threshold", "4"), name("price", "", "0.1"), name("threshold", "4", "1"), name("threshold")]).toEqual([
    "Grid, power above 4 kW",
    "Grid, power below 0.1 kW",
    "Grid, power above 4 kW or below 1 kW",
    "Grid, power at its limit",
  ]);
  expect([name("stale"), nameFor({ kind: "job", above: "", below: "" }, "", "")]).toEqual(["Grid, power silent", "A job fails"]);
});
