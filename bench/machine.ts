import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { arch, cpus, totalmem } from "node:os";
import { join } from "node:path";
import { scratch } from "./scratch.ts";
import { printTable, quantile } from "./table.ts";

// Durable ingest is bounded by this disk's flush: every other figure is read beside it.
const file = openSync(join(scratch(), "fsync"), "w");
const page = Buffer.alloc(4096, 7);
const tookMs: number[] = [];
for (let round = 0; round < 1000; round++) {
  writeSync(file, page, 0, page.length, round * page.length);
  const startMs = performance.now();
  fdatasyncSync(file);
  tookMs.push(performance.now() - startMs);
}
closeSync(file);

printTable([
  { what: "processor", measured: `${cpus().length} × ${cpus()[0]?.model ?? arch()}`, claim: "", holds: undefined },
  { what: "memory", measured: `${(totalmem() / 2 ** 30).toFixed(0)} GiB`, claim: "", holds: undefined },
  { what: "node", measured: process.version, claim: "", holds: undefined },
  {
    what: "fdatasync of 4 KiB, p50 / p99",
    measured: `${quantile(tookMs, 0.5).toFixed(3)} / ${quantile(tookMs, 0.99).toFixed(3)} ms`,
    claim: "",
    holds: undefined,
  },
]);
