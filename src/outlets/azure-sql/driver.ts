import { driverMissing } from "./sql-problem.ts";

export type Driver = typeof import("tedious");

/**
 * The SQL Server driver, loaded when it is first needed: it brings some 50 MB that nobody without a mirror should read.
 * Errors: SqlProblem `driver-missing`.
 */
export async function loadDriver(): Promise<Driver> {
  try {
    const loaded = (await import("tedious")) as Driver & { default?: Driver };
    return loaded.default ?? loaded;
  } catch (error) {
    throw driverMissing(error);
  }
}
