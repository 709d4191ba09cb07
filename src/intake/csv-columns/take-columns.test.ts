import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PullWorld } from "#intake/pull/pull-world.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { type KnownMeter, KnownMeters } from "./known-meters.ts";
import type { ColumnMapping } from "./mapping.ts";
import { takeColumns } from "./take-columns.ts";

const NOW = Date.UTC(2026, 2, 1);
const HOUR_MS = 3_600_000;
const MAIN: KnownMeter = { id: "house.haupt_strom", name: "Main", unit: "kWh", point: "haupt_strom", serial: "1LOG0007013695" };
const GAS: KnownMeter = { id: "house.gas_zahler", name: "Gas", unit: "m³", medium: "gas", point: "gas_zahler" };
const TOTAL: KnownMeter = { id: "house.strom_total", name: "Total", unit: "kWh" };
const IS_MAIN: ColumnMapping = { meter: "house.haupt_strom" };

let world: PullWorld;
beforeEach(async () => {
  world = await PullWorld.open((folder) => openStore({ folder, inProcess: true }), NOW);
});
afterEach(() => world.end());

function take(file: string | Uint8Array, mapping: ColumnMapping = {}, mode: "preview" | "dry-run" | "import" = "import") {
  const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
  const meters = new KnownMeters("house", [MAIN, GAS, TOTAL]);
  return takeColumns({ bytes, name: "readings.csv", mapping, zone: "Europe/Berlin", meters, mode }, world);
}
const berlin = (text: string): number => Date.parse(text);
const lines = (...all: string[]): string => `${all.join("\n")}\n`;

describe("a table of readings", () => {
  test("of a grid operator is read by its own names: date and time apart, decimal comma, letters of Windows", async () => {
    const text = lines(
      "Zähler;Ab-Datum;Ab-Zeit;Zählerstand;Einheit",
      "1LOG0007013695;01.12.2024;00:00;5.012,50;kWh",
      "1LOG0007013695;13.12.2024;06:15;5.021,25;kWh",
    );
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const report = await take(bytes);
    expect(report.mapping).toMatchObject({
      encoding: "windows-1252",
      delimiter: ";",
      decimal: ",",
      thousands: ".",
      meaning: "register",
      meterColumn: 0,
      unitColumn: 4,
    });
    expect(report.needs).toEqual([]);
    expect(await world.held()).toEqual({
      "house/haupt_strom/energy@csv-import": [
        [berlin("2024-12-01T00:00+01:00"), 5012.5],
        [berlin("2024-12-13T06:15+01:00"), 5021.25],
      ],
    });
  });

  test("of a spreadsheet counts days with fractions, to the second", async () => {
    await take(lines("Ab-Datum;Zählerstand", "45627;5012,5", "45627,3125;5013", "45627,260416666664;5012,75"), IS_MAIN);
    expect(Object.values(await world.held())[0]).toEqual([
      [berlin("2024-12-01T06:15+01:00"), 5012.75],
      [berlin("2024-12-01T07:30+01:00"), 5013],
      // A day alone is its end.
      [berlin("2024-12-02T00:00+01:00"), 5012.5],
    ]);
  });

  test("of dates alone stands at the end of their local days, on the days of 23 and 25 hours too", async () => {
    await take(lines("Datum;Stand", "30.03.2025;100", "26.10.2025;200"), IS_MAIN);
    expect(Object.values(await world.held())[0]).toEqual([
      [berlin("2025-03-31T00:00+02:00"), 100],
      [berlin("2025-10-27T00:00+01:00"), 200],
    ]);
  });

  test("with a column for each meter makes the meters there are not, each in its unit", async () => {
    const report = await take(lines("Datum,haupt_strom [kWh],Gas (m³),Küche kalt [m³]", "2024-12-01,1,2,3", "2024-12-02,2,3,4"));
    expect(Object.keys(await world.held())).toEqual([
      "house/Küche-kalt/water-volume@csv-import",
      "house/gas_zahler/gas-volume@csv-import",
      "house/haupt_strom/energy@csv-import",
    ]);
    expect(report.result?.meters.map(({ meter, named }) => [meter.id, meter.known, named])).toEqual([
      ["house.haupt_strom", true, "haupt_strom"],
      ["house.gas_zahler", true, "Gas"],
      ["house.Küche-kalt", false, "Küche kalt"],
    ]);
  });

  test("names a meter on each line, and other names are told what they are", async () => {
    const file = lines(
      "time;meter;value;unit",
      "2024-12-01T00:00:00Z;A-7;1;kWh",
      "2024-12-01T00:00:00Z;GAS;2000;l",
      "2024-12-01T01:00:00Z;A-7;2;kWh",
    );
    await take(file, { meters: { "A-7": "house.haupt_strom" }, meaning: "register" });
    expect(await world.held()).toEqual({
      "house/gas_zahler/gas-volume@csv-import": [[Date.UTC(2024, 11, 1), 2]],
      "house/haupt_strom/energy@csv-import": [
        [Date.UTC(2024, 11, 1), 1],
        [Date.UTC(2024, 11, 1, 1), 2],
      ],
    });
  });

  test("of American times reads the month first where a day shows it", async () => {
    await take(lines("Date,Reading", "12/13/2024 1:15 AM,10", "12/14/2024 12:00 PM,11"), IS_MAIN);
    expect(Object.values(await world.held())[0]?.map(([tMs]) => tMs)).toEqual([
      berlin("2024-12-13T01:15+01:00"),
      berlin("2024-12-14T12:00+01:00"),
    ]);
    const unsure = await take(lines("Date,Reading", "12/11/2024,10", "12/12/2024,11"), IS_MAIN, "preview");
    expect(unsure.evidence.find(({ what }) => what === "time")).toMatchObject({ sure: false });
  });

  test("of seconds and milliseconds since 1970 says instants", async () => {
    for (const unit of [1, 1000]) {
      const report = await take(lines("timestamp;value", `${(NOW / 1000 - 7200) * unit};10`, `${(NOW / 1000 - 3600) * unit};11`), {
        ...IS_MAIN,
        meaning: "register",
      });
      expect(report.mapping.time.format).toBe(unit === 1 ? "epoch-s" : "epoch-ms");
      expect(report.result).toMatchObject(unit === 1 ? { fresh: 2 } : { same: 2 });
    }
  });

  test("of half hours of the island is read: words for months, a line about the comma, letters of 16 bits", async () => {
    const text = lines(
      "sep=,",
      "MPR,ReadDatetime,kWh,ReadType",
      "1710035168313,26 Aug 2019 00:30:00,14.4,Actual",
      "",
      "1710035168313,26 Aug 2019 01:00:00,15,Actual",
      "1710035168313,26 Aug 2019 01:30:00,15.1,Actual",
      "1710035168313,26 Aug 2019 02:00:00,14.9,Actual",
    );
    const bytes = new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));
    const mapping = { meters: { "1710035168313": "house.haupt_strom" }, label: "end", time: { zone: "Europe/London" } } as const;
    const report = await take(bytes, mapping);
    expect(report.mapping).toMatchObject({ encoding: "utf-16le", meaning: "amount", intervalMinutes: 30, meterColumn: 0 });
    expect(await world.held()).toEqual({
      "house/haupt_strom/energy@csv-30min": [14.4, 15, 15.1, 14.9].map((value, i) => [
        Date.UTC(2019, 7, 25, 23, 30) + i * 1_800_000,
        value,
      ]),
    });
  });

  test("of a day to a line is read interval by interval, also without names", async () => {
    const clock = Array.from({ length: 48 }, (_, i) => `${String(Math.floor(i / 2)).padStart(2, "0")}:${i % 2 === 0 ? "00" : "30"}`);
    const values = clock.map((_, i) => (i % 7) + 0.5);
    const report = await take(
      lines(`Site Id,Meter Number,Reading Date,${clock.join(",")}`, `10545307,K0229111D6,12/11/18,${values.join(",")}`),
      {
        ...{ meter: "house.haupt_strom", meterColumn: null },
      },
    );
    expect(report.mapping).toMatchObject({ layout: "row-per-day", intervalMinutes: 30, label: "start" });
    const held = Object.values(await world.held())[0] ?? [];
    expect(held).toHaveLength(48);
    expect(held[0]).toEqual([berlin("2018-11-12T00:30+01:00"), 0.5]);
    expect(held.at(-1)).toEqual([berlin("2018-11-13T00:00+01:00"), values[47]]);
  });

  test("of a day to a line with gaps keeps what is there, and one with nothing is told", async () => {
    const names = Array.from({ length: 24 }, (_, i) => `kWh_${i + 1}`).join(",");
    const partly = Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? "1.5" : "")).join(",");
    const report = await take(lines(`Date,${names}`, `2024-12-01,${partly}`, `2024-12-02,${",".repeat(23)}`), IS_MAIN);
    expect(report.result).toMatchObject({ fresh: 12, rejected: 1, problems: [{ line: 3, sentence: "it holds no reading" }] });
  });

  test("of a start and an end takes the end, and finds the length by both", async () => {
    await take(
      lines(
        "24,2021-06-01 00:00:00,2021-06-02 00:00:00",
        "48,2021-06-02 00:00:00,2021-06-03 00:00:00",
        "72,2021-06-03 00:00:00,2021-06-04 00:00:00",
      ),
      { ...IS_MAIN, meaning: "register" },
    );
    expect(Object.values(await world.held())[0]).toEqual([24, 48, 72].map((value, i) => [berlin(`2021-06-0${i + 2}T00:00+02:00`), value]));
  });

  test("of amounts of days lasts as long as the days do, and a day that is missing stays unknown", async () => {
    await take(lines("Datum;Verbrauch kWh", "24.10.2025;5", "26.10.2025;10", "27.10.2025;11"), IS_MAIN);
    const { series } = await world.store.registry();
    expect(series.map(({ key, kind }) => [key, kind])).toEqual([["house/haupt_strom/energy@csv-days", "delta"]]);
    expect(Object.values(await world.held())[0]).toEqual([
      [berlin("2025-10-24T00:00+02:00"), Number.NaN],
      [berlin("2025-10-25T00:00+02:00"), 5],
      [berlin("2025-10-26T00:00+02:00"), Number.NaN],
      [berlin("2025-10-27T00:00+01:00"), 10],
      [berlin("2025-10-28T00:00+01:00"), 11],
    ]);
  });

  test("runs through a repeated hour twice, from either end, and is told of an hour that never was", async () => {
    const rows = [
      "26.10.2025 01:30;1",
      "26.10.2025 02:00;2",
      "26.10.2025 02:30;3",
      "26.10.2025 02:00;4",
      "26.10.2025 02:30;5",
      "26.10.2025 03:00;6",
    ];
    await take(lines("Zeit;Stand", ...rows), IS_MAIN);
    const up = Object.values(await world.held())[0] ?? [];
    expect(up.map(([tMs]) => (tMs - (up[0]?.[0] ?? 0)) / HOUR_MS)).toEqual([0, 0.5, 1, 1.5, 2, 2.5]);
    expect(up.map(([, value]) => value)).toEqual([1, 2, 3, 4, 5, 6]);
    expect((await take(lines("Zeit;Stand", ...rows.toReversed()), IS_MAIN)).result).toMatchObject({ fresh: 0, changed: 0, same: 6 });
    const never = await take(lines("Zeit;Stand", "30.03.2025 01:30;1", "30.03.2025 02:30;2", "30.03.2025 03:30;3"), IS_MAIN);
    expect(never.result?.problems).toEqual([{ line: 3, sentence: 'no clock in Europe/Berlin ever shows "2025-03-30 02:30"' }]);
  });
});

describe("taking a table in", () => {
  const FILE = lines("Datum;Stand", "01.12.2024;100", "02.12.2024;101", "03.12.2024;102");

  test("shows first, then says what would change, then changes it, and a second time nothing", async () => {
    const preview = await take(FILE, IS_MAIN, "preview");
    expect(preview.result).toBeUndefined();
    expect(preview.rows[0]).toMatchObject({ line: 2, readings: [{ meter: "house.haupt_strom", value: 100, unit: "kWh" }] });
    const dry = await take(FILE, IS_MAIN, "dry-run");
    expect(dry.result).toMatchObject({ fresh: 3, same: 0, changed: 0, importId: undefined });
    expect(dry.result?.sentence).toBe("readings.csv: 3 readings of 1 meter, 3 would be new.");
    expect(await world.held()).toEqual({});
    const done = await take(FILE, IS_MAIN);
    expect(done.result).toMatchObject({ fresh: 3, sentence: "readings.csv: 3 readings of 1 meter, 3 new." });
    expect((await take(FILE, IS_MAIN)).result).toMatchObject({ fresh: 0, same: 3, changed: 0 });
    const imports = await world.store.imports();
    expect(imports.map(({ status, what, stored, rows, report }) => [status, what, stored, rows, report?.counts])).toEqual([
      ["done", "readings.csv", 0, 3, { new: 0, confirmed: 0, replaced: 0, unchanged: 3, repeated: 0 }],
      ["done", "readings.csv", 3, 3, { new: 3, confirmed: 0, replaced: 0, unchanged: 0, repeated: 0 }],
    ]);
    expect(await world.store.ledger()).toMatchObject([{ source: "csv-import", items: 3, stored: 3 }]);
  });

  test("names the months that move and the largest changes, and keeps what stood there", async () => {
    await take(FILE, IS_MAIN);
    const other = lines("Datum;Stand", "02.12.2024;150", "03.12.2024;102,5", "05.01.2025;200");
    const { result } = await take(other, IS_MAIN);
    expect(result).toMatchObject({ fresh: 1, changed: 2, same: 0 });
    expect(result?.meters[0]?.compared.months).toEqual([
      { month: "2024-12", new: 0, changed: 2 },
      { month: "2025-01", new: 1, changed: 0 },
    ]);
    expect(result?.meters[0]?.compared.largest.map(({ before, after }) => [before, after])).toEqual([
      [101, 150],
      [102, 102.5],
    ]);
    const { series } = await world.store.registry();
    const revisions = await world.store.revisions(series[0]?.id ?? 0, { fromMs: 0, toMs: 9e15 });
    expect(revisions.filter(({ kind }) => kind === "replaced").map(({ value }) => value)).toEqual([101, 102]);
  });

  test("tells lines that cannot be read with their numbers, and takes the others", async () => {
    const { result } = await take(
      lines("Datum;Stand", "01.12.2024;100", "32.12.2024;101", "03.12.2024;viel", ";5", "04.12.2024;103", "04.12.2024;104", "01.01.2090;1"),
      IS_MAIN,
    );
    expect(result).toMatchObject({ fresh: 2, repeated: 1, rejected: 4 });
    expect(result?.problems).toEqual([
      { line: 3, sentence: '"32.12.2024" is no time with the day first' },
      { line: 4, sentence: '"viel" is no number with a decimal point' },
      { line: 5, sentence: "it has no time" },
      { line: 8, sentence: "its time, 2090-01-01T23:00:00.000Z, is still to come" },
    ]);
    expect(Object.values(await world.held())[0]?.map(([, value]) => value)).toEqual([100, 104]);
  });

  test("asks for what only a person knows", async () => {
    const nameless = await take(FILE, {}, "dry-run");
    expect(nameless.needs).toEqual(["Say which meter the readings are of."]);
    expect(nameless.result).toBeUndefined();
    await expect(take(FILE)).rejects.toThrow("Say which meter the readings are of.");
    expect((await take(FILE, { meter: "house.neu" }, "dry-run")).needs).toEqual(["Say the unit of house.neu."]);
    expect((await take(FILE, { meter: "house.strom_total" }, "dry-run")).needs[0]).toContain("is made of other meters");
    expect((await take(FILE, { ...IS_MAIN, unit: "m³" }, "dry-run")).result?.problems[0]?.sentence).toBe(
      "m³ cannot be told in kWh, which house.haupt_strom counts",
    );
  });

  test("of one column that bears the name of a meter is that meter's; another name is asked about", async () => {
    const report = await take(lines("Datum;Gas", "01.02.2024;1234,5", "13.02.2024;1240,5"));
    expect([report.needs, report.result?.meters.map(({ meter }) => meter.id)]).toEqual([[], ["house.gas_zahler"]]);
    expect((await take(lines("Datum;Stand", "01.02.2024;1234,5", "13.02.2024;1240,5"), {}, "preview")).needs).toEqual([
      "Say which meter the readings are of.",
    ]);
  });

  test("of a dial stays one where a number is mistyped, and where the lines of meters take turns", async () => {
    const typo = ["2025-01-01;1000", "2025-02-01;1020", "2025-03-01;10400", "2025-04-01;1060", "2025-05-01;1080", "2025-06-01;1100"];
    expect((await take(lines("date;Gas", ...typo), {}, "preview")).mapping.meaning).toBe("register");
    const turns = ["01-01;Gas;1000", "01-01;Main;50", "02-01;Gas;1020", "02-01;Main;60", "03-01;Gas;1040", "03-01;Main;70"];
    const file = lines("date;meter;value", ...turns.map((line) => `2025-${line}`));
    expect((await take(file, {}, "preview")).mapping.meaning).toBe("register");
    const used = ["01-01;Gas;30", "01-01;Main;50", "02-01;Gas;20", "02-01;Main;60", "03-01;Gas;25", "03-01;Main;40"];
    const amounts = lines("date;meter;value", ...used.map((line) => `2025-${line}`));
    expect((await take(amounts, {}, "preview")).mapping.meaning).toBe("amount");
  });

  test("in a workbook, packed or printed is no text, and is told what to do", async () => {
    const firsts: [number[], string][] = [
      [[0x50, 0x4b, 3, 4], "Save its table as CSV"],
      [[0xd0, 0xcf, 0x11, 0xe0], "Save its table as CSV"],
      [[0x1f, 0x8b, 8], "Unpack it"],
      [[0x25, 0x50, 0x44, 0x46, 0x2d], "is a PDF"],
    ];
    for (const [bytes, sentence] of firsts) await expect(take(Uint8Array.from(bytes), {}, "preview")).rejects.toThrow(sentence);
  });

  test("of nothing, of no table and of no text is told", async () => {
    await expect(take("")).rejects.toThrow("The file holds no line with anything in it.");
    await expect(take("sep=,\n")).rejects.toThrow("The file holds no line with anything in it.");
    expect((await take("not a csv\nat all\n", IS_MAIN, "preview")).needs).toContain("Say which column holds the time.");
    expect((await take("Datum;Stand\n", IS_MAIN, "preview")).needs).not.toEqual([]);
  });

  test("never throws for what a file holds", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }),
          fc
            .array(fc.constantFrom("1", ",", ";", "\n", '"', ".", "a", "01.02.2024", "\t", "kWh", "\u0000"), { maxLength: 80 })
            .map((all) => new TextEncoder().encode(all.join(""))),
        ),
        async (bytes) => {
          const answer = await take(bytes, IS_MAIN, "dry-run").catch((error: Error) => error);
          if (answer instanceof Error) expect(answer.name).toBe("ImportProblem");
        },
      ),
      { numRuns: 150 },
    );
  });

  test("says the same in whatever order its lines come, and again nothing new", async () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 100_000 }));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(row, { selector: ([day]) => day, minLength: 2, maxLength: 30 }),
        fc.infiniteStream(fc.nat()),
        async (rows, chance) => {
          const own = await PullWorld.open((folder) => openStore({ folder, inProcess: true }), NOW);
          try {
            const shuffled = rows
              .map((one) => ({ one, by: chance.next().value as number }))
              .toSorted((a, b) => a.by - b.by)
              .map(({ one }) => one);
            const tableOf = (all: typeof rows) =>
              lines(
                "time;Zählerstand",
                ...all.map(([day, value]) => `${new Date(Date.UTC(2024, 0, 1) + day * 24 * HOUR_MS).toISOString()};${value}`),
              );
            const meters = new KnownMeters("house", [MAIN]);
            const taken = (csv: string) =>
              takeColumns(
                { bytes: new TextEncoder().encode(csv), name: "r.csv", mapping: IS_MAIN, zone: "Europe/Berlin", meters, mode: "import" },
                own,
              );
            expect((await taken(tableOf(rows))).result).toMatchObject({ fresh: rows.length, rejected: 0 });
            expect((await taken(tableOf(shuffled))).result).toMatchObject({ fresh: 0, changed: 0, same: rows.length });
            const held = Object.values(await own.held())[0] ?? [];
            expect(held.map(([, value]) => value)).toEqual(rows.toSorted((a, b) => a[0] - b[0]).map(([, value]) => value));
          } finally {
            await own.end();
          }
        },
      ),
      { numRuns: 10 },
    );
  });

  test("keeps every number as it was written, whatever the marks", async () => {
    const writings = [
      { decimal: ",", thousands: "." },
      { decimal: ".", thousands: "," },
      { decimal: ",", thousands: "" },
      { decimal: ".", thousands: "'" },
    ] as const;
    const cents = fc.integer({ min: 0, max: 99_999_999_99 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(cents, { minLength: 1, maxLength: 20 }),
        fc.constantFrom(...writings),
        async (numbers, { decimal, thousands }) => {
          const written = numbers.map((n) => {
            const whole = String(Math.floor(n / 100)).replace(/\B(?=(\d{3})+$)/g, thousands);
            return `${whole}${decimal}${String(n % 100).padStart(2, "0")}`;
          });
          const rows = written.map((text, i) => `${new Date(Date.UTC(2024, 0, 1) + i * HOUR_MS).toISOString()};${text}`);
          const report = await take(lines("time;Zählerstand", ...rows), { ...IS_MAIN, decimal, thousands }, "preview");
          expect(report.rows.map(({ readings }) => readings[0]?.value)).toEqual(numbers.slice(0, 20).map((n) => n / 100));
        },
      ),
      { numRuns: 40 },
    );
  });
});
