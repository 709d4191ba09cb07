import { existsSync } from "node:fs";
import { join } from "node:path";
import { falseAlarmTable } from "./false-alarms.ts";
import { monthlyTable } from "./monthly-alarms.ts";
import { nabTables } from "./nab-tables.ts";

// How often ordinary use is told, what is found of days that are not, and how that compares on labelled series of others.
console.log(falseAlarmTable());
console.log(`\n${monthlyTable()}`);
const root = process.env["WATTKEEP_REAL_DATA"];
const folder = root === undefined ? undefined : join(root, "timeseries", "nab");
if (folder === undefined || !existsSync(folder)) {
  const why = folder === undefined ? "WATTKEEP_REAL_DATA names no folder" : `there is no ${folder}`;
  console.log(`\nThe Numenta Anomaly Benchmark is skipped: ${why}.`);
} else console.log(nabTables(folder));
