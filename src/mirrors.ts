import type { AzureConfig } from "#config/outlets.ts";
import type { Logger } from "#intake/source.ts";
import type { Job } from "#jobs/job.ts";
import { LIVE_DAYS } from "#outlets/azure-sql/live-mirror.ts";
import { type AzureMirror, type MirrorParts, openAzureMirror } from "#outlets/azure-sql/mirror.ts";
import type { AzureSettings, SqlLogin } from "#outlets/azure-sql/settings.ts";
import type { PlantReports } from "#reports/plant.ts";

/** What the configuration says of the mirror, as the outlet is given it. */
export function azureSettings(azure: AzureConfig): AzureSettings {
  const { server, port, database, username, password, reader, encrypt, trustServerCertificate } = azure;
  const where = { server, port, database, encrypt, trustServerCertificate };
  const login = (name: string, secret: AzureConfig["password"]): SqlLogin => ({ ...where, username: name, password: secret.reveal() });
  return {
    writer: login(username, password),
    ...(reader === undefined ? {} : { reader: login(reader.username, reader.password) }),
  };
}

/** The plant that is mirrored: the one of the site that is named, else the first. */
export function mirroredPlant(azure: AzureConfig, plants: readonly PlantReports[]): PlantReports | undefined {
  return azure.site === undefined ? plants[0] : plants.find(({ settings }) => settings.site === azure.site);
}

export interface Mirrors {
  readonly azure?: AzureMirror;
  /** Work on the mirrors that is due by the clock. */
  readonly jobs: readonly Job[];
  /** What keeps them from being up to date, in words. */
  problems(): string[];
  close(): Promise<void>;
}

/** Opens what the configuration names; a server that is away is waited for, not an error. */
export function openMirrors(
  azure: AzureConfig | undefined,
  parts: Omit<MirrorParts, "settings" | "plant"> & { readonly plants: readonly PlantReports[]; readonly logger: Logger },
): Mirrors {
  const plant = azure && mirroredPlant(azure, parts.plants);
  if (azure === undefined || plant === undefined) {
    if (azure !== undefined)
      parts.logger.warn({}, "There is no plant that outlets.azure could mirror; name its site, or give it pulses or a tariff");
    return { jobs: [], problems: () => [], close: async () => undefined };
  }
  const mirror = openAzureMirror({ ...parts, settings: azureSettings(azure), plant });
  const problems = (): string[] => {
    const { problem } = mirror.status();
    return problem === undefined ? [] : [`The mirror in SQL Server waits: ${problem.sentence}`];
  };
  return { azure: mirror, jobs: azureJobs(mirror, plant.settings.zone), problems, close: () => mirror.close() };
}

function azureJobs(mirror: AzureMirror, zone: string): Job[] {
  return [
    {
      name: "azure-live-purge",
      title: `Take live samples older than ${LIVE_DAYS} days out of KYZ_Live15s`,
      schedule: "5 2 * * *",
      zone,
      async run({ signal }) {
        const removed = await mirror.purge(signal);
        return { sentence: `${removed.toLocaleString("en")} live samples older than ${LIVE_DAYS} days taken out.`, counts: { removed } };
      },
    },
    {
      name: "azure-monthly-demand",
      title: "Write KYZ_MonthlyDemand anew, by the tariff",
      schedule: "10 2 * * *",
      zone,
      async run() {
        const months = await mirror.refreshMonths();
        return { sentence: `${months} months written.`, counts: { months } };
      },
    },
  ];
}
