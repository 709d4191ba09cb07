import { builtInRules } from "#alerts/built-in.ts";
import type { AlertDesk } from "#alerts/desk.ts";
import type { ChannelConfig, MqttChannel } from "#config/channels.ts";
import type { Config } from "#config/config.ts";
import type { Door } from "#intake/door.ts";
import type { Logger } from "#intake/source.ts";
import type { Job, Jobs } from "#jobs/job.ts";
import type { Channel } from "#outlets/alerts/channel.ts";
import { mailChannel } from "#outlets/alerts/mail.ts";
import { type MqttSettings, mqttChannel } from "#outlets/alerts/mqtt.ts";
import { ntfyChannel } from "#outlets/alerts/ntfy.ts";
import { type Alerts, openAlerts } from "#outlets/alerts/open-alerts.ts";
import type { BookedRule } from "#outlets/alerts/rule-book.ts";
import { telegramChannel } from "#outlets/alerts/telegram.ts";
import type { Views, WatchedJob } from "#outlets/alerts/views.ts";
import { webhookChannel } from "#outlets/alerts/webhook.ts";
import type { MeterReports } from "#reports/meters.ts";
import type { PlantReports } from "#reports/plant.ts";
import type { Store } from "#store/store.ts";
import { BACKUP_JOB } from "./backing-up.ts";
import type { OwnBrokerLogin } from "./doors.ts";
import { outgoingBroker } from "./outgoing-broker.ts";
import { pageAddressOf } from "./public-address.ts";
import { after } from "./timer.ts";

export interface AlertingParts {
  readonly config: Config;
  readonly store: Store;
  readonly plants: readonly PlantReports[];
  readonly homes: () => readonly {
    readonly settings: { readonly site: string; readonly name: string; readonly roles: { readonly grid: string } };
  }[];
  readonly meters?: () => readonly MeterReports[];
  /** When messages of sources came last, since the start. */
  readonly rates: () => ReadonlyMap<string, { readonly lastMs?: number }>;
  /** Filled as doors open. */
  readonly doors: readonly Door[];
  readonly ownBroker: OwnBrokerLogin;
  readonly nowMs: () => number;
  readonly random: () => number;
  readonly logger: Logger;
}

/** Alerts as the rest of the program has them. */
export interface Alerting {
  readonly desk: AlertDesk;
  /** The hourly look at the readings, for the page of jobs. */
  readonly job: Job;
  /** Looks and tells from now on. */
  begin(jobs: Jobs): void;
  close(): Promise<void>;
}

export const HEALTH_JOB = "health-check";

/** Opens what watches and tells, as the configuration has it. Errors: those of the store. */
export async function openAlerting(parts: AlertingParts): Promise<Alerting> {
  const { config, store, nowMs, random, logger } = parts;
  const { checkSeconds } = config.alerts;
  let jobs: Jobs | undefined;
  const alerts = await openAlerts({
    store,
    channels: config.alerts.channels.map((channel) => channelOf(channel, parts)),
    rules: rulesOf(config),
    views: viewsOf(parts, () => jobs),
    pageAt: pageAddressOf(config.http),
    checkMs: checkSeconds * 1_000,
    nowMs,
    after,
    random,
    logger,
  });
  return {
    desk: alerts.desk,
    job: healthJob(alerts, config),
    begin(now) {
      jobs = now;
      alerts.begin();
    },
    close: () => alerts.close(),
  };
}

/** Topics that alerts are published below. */
export function alertTopics({ alerts }: Pick<Config, "alerts">): string[] {
  return alerts.channels.flatMap((channel) => (channel.kind === "mqtt" ? [channel.topic] : []));
}

function rulesOf({ alerts }: Config): BookedRule[] {
  const channels = alerts.channels.map(({ name }) => name);
  const builtIn = builtInRules({ channels, readingsPerHour: alerts.readingsPerHour, backupJob: BACKUP_JOB });
  return [
    ...builtIn.map((rule) => ({ rule, from: "built-in" as const })),
    ...alerts.rules.map(({ rule, declared }) => ({ rule, from: "file" as const, ...(declared === undefined ? {} : { declared }) })),
  ];
}

function viewsOf({ config, store, plants, homes, meters, rates, nowMs }: AlertingParts, jobs: () => Jobs | undefined): Views {
  return {
    store,
    sources: () => config.sources.map(({ name, title, folder }) => ({ name, title, isFolder: folder !== undefined })),
    heardMs: (source) => rates().get(source)?.lastMs,
    homes: () => homes().map(({ settings: { site, name, roles } }) => ({ key: `${site}/${roles.grid}`, title: name })),
    plants: () => plants,
    ...(meters === undefined ? {} : { meters }),
    jobs: async () => watchedJobs(await (jobs()?.list() ?? [])),
    nowMs,
    startedMs: nowMs(),
    lookEveryMs: config.alerts.checkSeconds * 1_000,
  };
}

/** The check itself is not watched: it would tell of itself. */
function watchedJobs(standings: Awaited<ReturnType<Jobs["list"]>>): WatchedJob[] {
  return standings.flatMap(({ job: { name, title }, history }): WatchedJob[] => {
    if (name === HEALTH_JOB) return [];
    const ended = history.find(({ result }) => result === "done" || result === "failed");
    if (ended === undefined) return [{ name, title }];
    const { result, sentence, endedMs, startedMs } = ended;
    return [{ name, title, last: { failed: result === "failed", sentence, endedMs: endedMs ?? startedMs } }];
  });
}

/** Counts the readings of the last hour, as the Tasmota MT681 monitor did, and looks at every rule. */
function healthJob(alerts: Pick<Alerts, "look" | "readings">, { sites }: Config): Job {
  return {
    name: HEALTH_JOB,
    title: "Look whether readings come",
    schedule: "0 * * * *",
    zone: sites[0]?.zone ?? "UTC",
    catchUp: false,
    async run() {
      await alerts.look();
      const homes = await alerts.readings();
      if (homes.length === 0) return { sentence: "No home has sent readings for an hour yet." };
      const counts = homes.map(({ title, count }) => `${count.toLocaleString("en")} of ${title}`);
      return {
        sentence: `Readings in the last hour: ${counts.join(", ")}.`,
        counts: { readings: homes.reduce((sum, { count }) => sum + count, 0) },
      };
    },
  };
}

function channelOf(config: ChannelConfig, parts: AlertingParts): Channel {
  switch (config.kind) {
    case "telegram":
      return telegramChannel({ ...config, botToken: config.botToken.reveal() });
    case "mail": {
      const { password, ...rest } = config;
      return mailChannel({ ...rest, ...(password === undefined ? {} : { password: password.reveal() }) });
    }
    case "ntfy": {
      const { token, ...rest } = config;
      return ntfyChannel({ ...rest, ...(token === undefined ? {} : { token: token.reveal() }) });
    }
    case "webhook": {
      const headers = new Map([...config.headers].map(([name, value]) => [name, value.reveal()]));
      return webhookChannel({ ...config, url: config.url.reveal(), headers });
    }
    case "mqtt":
      return mqttChannel(mqttSettings(config, parts));
  }
}

function mqttSettings(channel: MqttChannel, parts: AlertingParts): MqttSettings {
  const { name, topic, qos, retain } = channel;
  const { named, at } = outgoingBroker(channel.broker, parts);
  return {
    name,
    ...{ topic, qos, retain },
    broker: at,
    target: named === undefined ? `topic ${topic}` : `topic ${topic} at ${named.name}`,
    secrets: [named?.password?.reveal() ?? "", parts.ownBroker.password],
    // Two of one name would throw each other out for ever.
    clientId: `wattkeep-alerts-${Math.floor(parts.random() * 2 ** 32).toString(16)}`,
  };
}
