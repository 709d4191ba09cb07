import type { OldTasmota } from "./old-tasmota.ts";

/** What the new configuration is made beside. */
export interface NewHouse {
  readonly zone: string;
  readonly currency: string;
  /** The old system's SQLite file, as a person would type it. */
  readonly database: string;
}

/** The file of secrets beside the configuration. */
export const SECRETS_FILE = "secrets/tasmota.env";

/** A configuration that does what the old Tasmota monitor did, with what it said; secrets stand in a file of their own. */
export function tasmotaYaml(old: OldTasmota, house: NewHouse): string {
  return [...placeRows(old, house), "", ...homeRows(old), "", ...alertRows(old), "", ...pageRows(old, house)].join("\n");
}

/** Content of the file of secrets. Missing: undefined where there is none to keep. */
export function tasmotaSecrets({ botToken, chatId }: OldTasmota): string | undefined {
  const rows = [
    ...(botToken === undefined ? [] : [`TELEGRAM_API_TOKEN=${botToken.reveal()}`]),
    ...(chatId === undefined ? [] : [`TELEGRAM_CHAT_ID=${chatId}`]),
  ];
  return rows.length === 0 ? undefined : `${rows.join("\n")}\n`;
}

function placeRows({ brokerHost, mqttPort, topic }: OldTasmota, { zone, currency }: NewHouse): string[] {
  return [
    "# Made from the settings of a Tasmota MT681 monitor. Every key: docs/guides/configuration.md",
    "sites:",
    `  home: { name: Home, zone: ${quoted(zone)}, currency: ${quoted(currency)} }`,
    "",
    "brokers:",
    ...(brokerHost === undefined ? ["  # SERVER_URL was not set: the broker is taken to be on this computer."] : []),
    `  main: { url: ${quoted(`mqtt://${brokerHost ?? "127.0.0.1"}:${mqttPort}`)} }`,
    "",
    "sources:",
    "  meter:",
    "    name: Electricity meter",
    "    site: home",
    "    broker: main",
    `    topics: [${quoted(topic)}]`,
    "    dialect: tasmota-sml",
    "    # Every original message stays, as in the column raw_payload.",
    "    keepRaw: forever",
  ];
}

function homeRows({ readerUrl }: OldTasmota): string[] {
  return [
    "homes:",
    "  house:",
    "    site: home",
    ...(readerUrl === undefined ? [] : [`    readerUrl: ${quoted(readerUrl)}`]),
    "    prices:",
    "      # The price that was built in. Add a row for each change, with baseFeePerMonth, and feedInPerKwh for what you sell.",
    "      - { from: 2020-01-01, perKwh: 0.3102 }",
    "    # What you pay in advance each month, to see what comes back at the end of the year:",
    "    # instalments: [{ from: 2026-01-01, amount: 90 }]",
  ];
}

/** Told by the hourly check of the old system; silence and failed backups come on top. */
function alertRows({ botToken, chatId }: OldTasmota): string[] {
  const told = botToken !== undefined && chatId !== undefined;
  return [
    "alerts:",
    "  # Fewer readings in an hour than this are told, as before; a silent meter and a failed backup are too.",
    "  readingsPerHour: 300",
    ...(told
      ? [
          "  channels:",
          `    # The values are in ${SECRETS_FILE}, which only you may read.`,
          `    telegram: { kind: telegram, botToken: "\${TELEGRAM_API_TOKEN}", chatId: "\${TELEGRAM_CHAT_ID}" }`,
        ]
      : ["  # No Telegram token and chat were found, so alerts are on the page alone; see docs/guides/alerts.md"]),
  ];
}

function pageRows({ pagePort }: OldTasmota, { database }: NewHouse): string[] {
  return [
    "# A verified copy every hour, as before. For a second place instead of the old commits:",
    "# backups: { to: { git: git@example.org:me/house.git } }",
    "backups: { enabled: true }",
    "",
    "# The old addresses (/api/readings, /api/stats …) go on answering.",
    "compat: { tasmota: {} }",
    "",
    "# The port of before, on this computer alone: the old pages asked nobody who they are. For the tablet on the wall:",
    `# wattkeep token create wall --role viewer, and then listen: 0.0.0.0:${pagePort}`,
    `http: { listen: "127.0.0.1:${pagePort}" }`,
    "",
    "# The readings of before, once:",
    `# wattkeep import old tasmota ${/^[\w./:~\\-]+$/.test(database) ? database : quoted(database)} --dry-run`,
    "",
  ];
}

/** A text as YAML, and nothing else, reads it. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
