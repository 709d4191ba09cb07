import type { Command } from "commander";
import { connectAsync, type MqttClient } from "mqtt";
import { countArgument } from "#cli/count-argument.ts";
import { Exit } from "#cli/exit.ts";
import { mqttLogin } from "#cli/mqtt-login.ts";
import { printable } from "#cli/printable.ts";
import { readSettings, withConfig } from "#cli/settings.ts";
import type { BrokerConfig, Config } from "#config/config.ts";
import { DIALECTS, dialectNamed } from "#dialects/catalogue.ts";
import { compileClaims } from "#intake/claims.ts";
import type { Item } from "#readings/reading.ts";
import { intakeSources } from "#sources.ts";

/** `wattkeep probe TOPIC`: prints messages and what each decodes to; stores nothing. */
export function probeCommand(program: Command): void {
  withConfig(program.command("probe"))
    .argument("<topic>", "topic filter, such as tele/# or +/power")
    .description("print messages of a broker and what each decodes to; nothing is stored")
    .option("--broker <url>", "listen here instead of at the brokers of the configuration")
    .option("--count <n>", "end after so many messages", countArgument)
    .action(probe);
}

async function probe(filter: string, options: { config?: string; broker?: string; count?: number }): Promise<void> {
  const { config } = readSettings(options);
  const brokers = options.broker === undefined ? config.brokers : [{ name: "broker", url: options.broker }];
  const chosen = brokers.length > 0 ? brokers : [{ name: "local", url: "mqtt://127.0.0.1:1883" }];
  let left = options.count ?? Number.POSITIVE_INFINITY;
  await new Promise<void>((resolve, reject) => {
    const show = (name: string) => (topic: string, body: Uint8Array) => {
      if (left-- > 0) print({ name, topic, body, config });
      if (left <= 0) resolve();
    };
    process.once("SIGINT", resolve);
    Promise.all(chosen.map((broker) => listen(broker, filter, show(broker.name)))).catch(reject);
  });
  process.exit(0);
}

async function listen(broker: BrokerConfig, filter: string, show: (topic: string, body: Uint8Array) => void): Promise<MqttClient> {
  const client = await connectAsync(broker.url, { ...mqttLogin(broker), reconnectPeriod: 0, connectTimeout: 5000 }, false).catch(
    (error: Error) => {
      throw new Exit(1, `${broker.url} does not answer: ${error.message}`);
    },
  );
  client.on("message", show);
  await client.subscribeAsync(filter, { qos: 0 });
  console.error(`Listening to ${filter} at ${broker.url}; Ctrl C ends it.`);
  return client;
}

function print(at: { name: string; topic: string; body: Uint8Array; config: Config }): void {
  const sources = intakeSources(at.config, false);
  const claimed = sources.find((source) => source.name === compileClaims(sources, at.name).claim(at.topic));
  const text = printable(Buffer.from(at.body).toString("utf8"));
  console.log(`\n${printable(at.topic)}  ${at.body.length} bytes\n  ${text.length > 400 ? `${text.slice(0, 400)}…` : text}`);
  if (claimed === undefined) {
    for (const guess of DIALECTS.flatMap((dialect) => dialect.recognise(at.topic, at.body) ?? []))
      console.log(`  nobody claims it; ${guess.evidence} (${Math.round(guess.confidence * 100)} %)`);
    return;
  }
  const dialect = dialectNamed(claimed.dialect);
  const message = { source: claimed.name, topic: at.topic, body: at.body, receivedMs: Date.now(), qos: 0 as const, retained: false };
  for (const item of dialect?.decode(message, claimed.options).items ?? []) console.log(`  ${claimed.name}: ${describe(item)}`);
}

function describe(item: Item): string {
  if (item.type === "nothing") return `no reading (${item.reason})${item.detail === undefined ? "" : ` ${item.detail}`}`;
  if (item.type === "reject") return `REJECTED ${item.reject.code}: ${printable(item.reject.sentence)}`;
  const { point, quantity, value, unit, tMs } = item.reading;
  return `${point}/${quantity} = ${typeof value === "string" ? printable(value) : value} ${unit}${tMs === undefined ? "" : ` at ${new Date(tMs).toISOString()}`}`;
}
