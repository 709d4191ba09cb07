import type { CsvImportAnswer } from "./csv-import.ts";

/** Two readings of a main meter out of the export of a grid operator: the first is new, the second known. */
const FIRST_MS = 1_764_543_600_000;
const SECOND_MS = 1_764_630_000_000;
const FIRST = "2025-12-01T00:00:00+01:00";
const SECOND = "2025-12-02T00:00:00+01:00";

export const CSV_IMPORT_EXAMPLE: CsvImportAnswer = {
  mode: "dry-run",
  site: "house",
  zone: "Europe/Berlin",
  mapping: {
    encoding: "windows-1252",
    delimiter: ";",
    headerLine: 1,
    decimal: ",",
    thousands: "",
    time: { column: 0, clockColumn: 1, format: "day-first", zone: "Europe/Berlin" },
    layout: "row-per-reading",
    values: [{ column: 2 }],
    meterColumn: null,
    meters: {},
    meter: "house.haupt_strom",
    unitColumn: null,
    meaning: "register",
    label: "start",
  },
  evidence: [
    { what: "delimiter", sentence: "Cells are cut by a semicolon: 100 % of its lines have 3 cells.", sure: true },
    { what: "meaning", sentence: "Zählerstand is a dial that counts on, by its name.", sure: true },
  ],
  columns: [
    { column: 0, name: "Ab-Datum", samples: ["01.12.2025", "02.12.2025"] },
    { column: 1, name: "Ab-Zeit", samples: ["00:00", "00:00"] },
    { column: 2, name: "Zählerstand", samples: ["5012,5", "5021,25"] },
  ],
  names: [],
  needs: [],
  rows: [
    {
      line: 2,
      cells: ["01.12.2025", "00:00", "5012,5"],
      readings: [{ meter: "house.haupt_strom", tMs: FIRST_MS, tLocal: FIRST, value: 5012.5, unit: "kWh", fromMs: null }],
      problem: null,
    },
    {
      line: 3,
      cells: ["02.12.2025", "00:00", "5021,25"],
      readings: [{ meter: "house.haupt_strom", tMs: SECOND_MS, tLocal: SECOND, value: 5021.25, unit: "kWh", fromMs: null }],
      problem: null,
    },
  ],
  result: {
    sentence: "export.csv: 2 readings of 1 meter, 1 would be new, 1 known already.",
    lines: 2,
    readings: 2,
    new: 1,
    same: 1,
    changed: 0,
    repeated: 0,
    rejected: 0,
    problems: [],
    meters: [
      {
        meter: "house.haupt_strom",
        name: "house.haupt_strom",
        known: true,
        series: "house/haupt_strom/energy@csv-import",
        unit: "kWh",
        new: 1,
        same: 1,
        changed: 0,
        firstMs: FIRST_MS,
        lastMs: SECOND_MS,
        months: [{ month: "2025-11", new: 1, changed: 0 }],
        largest: [],
      },
    ],
    importId: null,
  },
};
