// `npm run errors [-- part …]`: how wrong our methods are, on made-up and real series, beside what others make of them.
import { runParts } from "./parts.mjs";

const PARTS = { readings: "typing-errors", fill: "fill-errors", anomalies: "anomaly-errors", roles: "role-errors" };

await runParts(PARTS, { out: "node_modules/.cache/wattkeep-errors" });
