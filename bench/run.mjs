// `npm run bench [-- part …]`: what we claim about speed, each part in its own process, ratios within one run.
import { runParts } from "./parts.mjs";

const PARTS = [
  "machine",
  "store-home",
  "store-building",
  "late",
  "ingest",
  "memory",
  "plant",
  "utilities",
  "building",
  "peak",
  "home-page",
  "page",
];
const ROLES = ["flood", "replay-server", "idle-subscriber", "wattkeep-subscriber", "paced-publisher"];

await runParts(Object.fromEntries(PARTS.map((part) => [part, part])), {
  out: "node_modules/.cache/wattkeep-bench",
  beside: ROLES.map((role) => `roles/${role}`),
  node: ["--expose-gc"],
});
