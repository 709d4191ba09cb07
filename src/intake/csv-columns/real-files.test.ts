import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PullWorld } from "#intake/pull/pull-world.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { KnownMeters } from "./known-meters.ts";
import type { ColumnMapping } from "./mapping.ts";
import { takeColumns } from "./take-columns.ts";

// Files of others are not ours to ship. Whoever has the folder names it in WATTKEEP_REAL_DATA.
const FOLDER = process.env["WATTKEEP_REAL_DATA"];
const WHY = FOLDER ? `in ${FOLDER}` : "skipped: WATTKEEP_REAL_DATA names no folder";
if (!FOLDER) console.info(`The check against real tables of readings is ${WHY}.`);

const DAYS = "utilities/energy_sparks_amr/amr_data/row-per-day";
const READINGS = "utilities/energy_sparks_amr/amr_data/row-per-reading";
const UPLOADS = "utilities/energy_sparks_amr/amr_upload_data_files";

/** Readings and rejected of a file, what it asks for, or why it is none. */
const EXPECTED: readonly (readonly [file: string, what: string])[] = [
  [`${DAYS}/valid.csv`, "48 0"],
  [`${DAYS}/valid-no-header.csv`, "48 0"],
  [`${DAYS}/duplicate-rows.csv`, "48 0"],
  [`${DAYS}/some-missing-readings.csv`, "124 0"],
  [`${DAYS}/incomplete-row.csv`, "0 1"],
  [`${DAYS}/no-readings.csv`, "0 1"],
  [`${DAYS}/empty.csv`, "empty"],
  [`${DAYS}/empty-msft.csv`, "empty"],
  [`${DAYS}/empty-with-header.csv`, "asks"],
  [`${DAYS}/malformed.csv`, "no-csv"],
  [`${READINGS}/valid.csv`, "48 0"],
  [`${READINGS}/some-missing-readings.csv`, "94 0"],
  [`${UPLOADS}/example-sheffield-file.csv`, "96 0"],
  [`${UPLOADS}/banes-bad-example-date-file.csv`, "asks"],
  [`${UPLOADS}/not_a_csv.csv`, "asks"],
  [`${UPLOADS}/with-carriage-return-line-endings.csv`, "96 1"],
  [`${UPLOADS}/with-mixed-line-endings.csv`, "144 0"],
  [`${UPLOADS}/with-nulls-and-empty-lines.csv`, "15 1"],
  [`${UPLOADS}/with-nulls-empty-lines-invalid-chars.csv`, "6 0"],
];

describe.skipIf(!FOLDER)(`real tables of readings (${WHY})`, () => {
  let world: PullWorld;
  beforeAll(async () => {
    world = await PullWorld.open((folder) => openStore({ folder, inProcess: true }), Date.UTC(2026, 0, 1));
  });
  afterAll(() => world.end());

  const read = (file: string, mapping: ColumnMapping) =>
    takeColumns(
      {
        bytes: readFileSync(join(FOLDER ?? "", file)),
        name: file,
        mapping: { meter: "house.main", unit: "kWh", ...mapping },
        zone: "Europe/London",
        meters: new KnownMeters("house", []),
        mode: "dry-run",
      },
      world,
    );

  test.each(EXPECTED)("%s: %s", async (file, what) => {
    const found = await read(file, {}).then(
      ({ result }) => (result === undefined ? "asks" : `${result.readings} ${result.rejected}`),
      (error: { code?: string }) => error.code,
    );
    expect(found).toBe(what);
  });

  test.each([1, 2, 3, 4])("a register in order or not holds each reading: pipeline %i", async (n) => {
    const { mapping, result } = await read(`utilities/oed_csv_pipeline/pipe${n}Input.csv`, { meaning: "register" });
    expect(mapping).toMatchObject({ label: "end", time: { column: 2 } });
    expect(result).toMatchObject({ readings: 5, rejected: 0 });
  });
});
