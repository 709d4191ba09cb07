// The import law as one table. `node tools/rooms.mjs` writes the allow-lists into biome.json and the table into docs/MAP.md;
// `--check` fails when either is not what the table says.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Any module of Node itself. */
const NODE = ["node:*", "node:*/**"];
/** Modules of ours that rooms outside the store may see: the face, never a twin. */
const STORE_FACE = ["#store/store.ts", "#store/batch.ts", "#store/records.ts"];
const rooms = (...names) => names.map((name) => `#${name}/**`);

/**
 * One row per room: what lives there, and what it may import besides itself. `pure` rooms never touch clock, disk, network,
 * random or logger.
 */
export const ROOMS = [
  { name: "units", what: "quantities, units, conversion", pure: true, allow: [] },
  { name: "calendar", what: "zones, local days, intervals", pure: true, allow: ["temporal-polyfill"] },
  { name: "series", what: "columns, buckets, kinds, quality", pure: true, allow: rooms("units") },
  { name: "readings", what: "message, reading, reject", pure: true, allow: rooms("units", "series") },
  { name: "sites", what: "site, point, series, device", pure: true, allow: rooms("units", "calendar", "readings", "series") },
  {
    name: "dialects",
    what: "one folder per way of writing readings",
    pure: true,
    allow: [...rooms("units", "calendar", "readings", "series"), "zod", "csv-parse", "csv-parse/**", "fast-xml-parser"],
  },
  { name: "analytics", what: "intervals, demand, consumption out of columns", pure: true, allow: rooms("units", "calendar", "series") },
  {
    name: "tariffs",
    what: "plans, billing periods, bills",
    pure: true,
    allow: [...rooms("units", "calendar", "series", "analytics"), "decimal.js", "zod"],
  },
  {
    name: "alerts",
    what: "rule, what is observed, state → state and notices",
    pure: true,
    allow: rooms("units", "calendar", "series", "sites"),
  },
  {
    name: "buildings",
    what: "equipment, zones and roles out of names",
    pure: true,
    allow: rooms("units", "series", "sites"),
  },
  { name: "contract", what: "the wire: requests, answers, names", pure: true, allow: [...rooms("units"), "zod"] },
  {
    name: "store",
    what: "what is kept for good",
    allow: [...rooms("units", "readings", "series", "sites"), "@photostructure/sqlite", ...NODE],
    suites: ["contract"],
  },
  {
    name: "intake",
    what: "doors, settle, the line to the store",
    allow: [
      ...rooms("units", "calendar", "readings", "series", "sites", "dialects"),
      ...STORE_FACE,
      "fast-xml-parser",
      "htmlparser2",
      "mqtt",
      "mqtt-packet",
      "aedes",
      "@influxdata/influxdb-client",
      "csv-parse",
      "csv-parse/**",
      "@photostructure/sqlite",
      ...NODE,
    ],
  },
  {
    name: "reports",
    what: "one file per question asked of history",
    allow: [...rooms("units", "calendar", "series", "sites", "analytics", "tariffs", "buildings"), ...STORE_FACE, "decimal.js"],
  },
  {
    name: "outlets",
    what: "what leaves for other systems",
    allow: [
      ...rooms("units", "calendar", "series", "sites", "analytics", "reports", "alerts"),
      ...STORE_FACE,
      "tedious",
      "nodemailer",
      "@influxdata/influxdb-client",
      "mqtt",
      ...NODE,
    ],
  },
  { name: "jobs", what: "when work is due, that it does not overlap, what it did", allow: [...rooms("calendar"), ...STORE_FACE, "croner"] },
  {
    name: "config",
    what: "schema, defaults, environment, problems",
    allow: [...rooms("units", "calendar", "sites", "tariffs", "dialects", "alerts", "buildings"), "yaml", "zod", ...NODE],
  },
  {
    name: "demo",
    what: "devices that publish like real ones",
    allow: [...rooms("units", "calendar", "series", "readings", "sites"), "mqtt", ...NODE],
  },
  {
    name: "api",
    what: "routes, access, live",
    allow: [
      ...rooms("units", "calendar", "series", "sites", "contract", "analytics", "tariffs", "alerts", "buildings", "reports", "jobs"),
      ...STORE_FACE,
      "fastify",
      "fastify-type-provider-zod",
      "fastify-plugin",
      "@fastify/**",
      "prom-client",
      "zod",
      "ws",
      ...NODE,
    ],
  },
  { name: "cli", what: "commands", allow: ["**"] },
];

/** The browser program: types and constants of the contract, units and calendar, browser packages; never Node. */
const WEB_ALLOW = [
  "#web/**",
  ...rooms("contract", "units", "calendar"),
  "#buildings/role-labels.ts",
  "react",
  "react/**",
  "react-dom/**",
  "@mantine/**",
  "@tanstack/**",
  "uplot",
  "uplot/**",
  "uqr",
  "./**",
];

/** Globals that would let the outside into a pure room. */
const IMPURE = ["fetch", "process", "console", "setTimeout", "setInterval", "crypto", "performance", "WebSocket"];

const restrict = (allow, message) => ({
  level: "error",
  options: { patterns: [{ group: ["**", ...allow.map((glob) => `!${glob}`)], message }] },
});

function roomOverride(room) {
  const style = {
    noRestrictedImports: restrict(
      ["./**", `#${room.name}/**`, ...room.allow],
      `The room ${room.name} may not import this: see the table in docs/MAP.md`,
    ),
  };
  if (room.pure) {
    style.noRestrictedGlobals = {
      level: "error",
      options: {
        deniedGlobals: Object.fromEntries(IMPURE.map((name) => [name, `The room ${room.name} is pure: ${name} belongs to a door.`])),
      },
    };
  }
  // A suite is a folder of tests that several test files run.
  const suites = (room.suites ?? []).map((folder) => `!src/${room.name}/${folder}/**`);
  return { includes: [`src/${room.name}/**`, `!src/${room.name}/**/*.test.ts`, ...suites], linter: { rules: { style } } };
}

export function overrides() {
  const web = {
    includes: ["web/**", "!web/**/*.test.ts"],
    linter: { rules: { style: { noRestrictedImports: restrict(WEB_ALLOW, "The browser program may not import this: see docs/MAP.md") } } },
  };
  const others = {
    includes: ["test/**", "bench/**", "tools/**", "**/*.test.ts"],
    linter: {
      rules: {
        style: {
          noRestrictedImports: {
            level: "error",
            options: { patterns: [{ group: ["../**"], message: "Use #room/file.ts instead of ../" }] },
          },
        },
      },
    },
  };
  const config = { includes: ["*.ts", "*.mjs"], linter: { rules: { style: { noDefaultExport: "off" } } } };
  return [...ROOMS.filter((room) => !room.allow.includes("**")).map(roomOverride), web, others, config];
}

/** The table as Markdown, for docs/MAP.md. */
export function roomTable() {
  const shown = (glob) =>
    glob
      .replace(/^#(\w+)\/\*\*$/, "$1")
      .replace("#store/", "store/")
      .replace(/^node:\*$/, "node");
  const cell = (globs) =>
    globs
      .filter((glob) => glob !== "node:*/**")
      .map(shown)
      .join(", ") || "–";
  const rows = ROOMS.map(
    (room) => `| ${room.name}${room.pure ? " ◦" : ""} | ${room.what} | ${room.allow.includes("**") ? "everything" : cell(room.allow)} |`,
  );
  return [
    "| room (◦ pure) | holds | may import, besides itself |",
    "|---|---|---|",
    ...rows,
    "| main.ts, tests, tools | composition, proof, aids | everything |",
    "| web | the browser program | contract (types, constants), units, calendar, buildings/role-labels.ts, react, mantine, tanstack, uplot |",
  ].join("\n");
}

const MARK = /(<!-- rooms -->\n)[\s\S]*?(<!-- \/rooms -->)/;

function main() {
  const root = new URL("../", import.meta.url);
  const biomeFile = new URL("biome.json", root);
  const mapFile = new URL("docs/MAP.md", root);
  const biome = JSON.parse(readFileSync(biomeFile, "utf8"));
  const nextBiome = `${JSON.stringify({ ...biome, overrides: overrides() }, null, 2)}\n`;
  const map = readFileSync(mapFile, "utf8");
  const nextMap = map.replace(MARK, `$1${roomTable()}\n$2`);
  if (process.argv.includes("--check")) {
    const stale = [
      JSON.stringify(JSON.parse(nextBiome)) !== JSON.stringify(biome) && "biome.json",
      nextMap !== map && "docs/MAP.md",
    ].filter(Boolean);
    if (stale.length > 0) {
      console.error(`Not what the table in tools/rooms.mjs says: ${stale.join(", ")}. Run: npm run rooms`);
      process.exit(1);
    }
    return;
  }
  writeFileSync(biomeFile, nextBiome);
  writeFileSync(mapFile, nextMap);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
