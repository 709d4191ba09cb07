import type { AlertDesk } from "#alerts/desk.ts";
import type { BackupInfo, BackupsAnswer } from "#contract/backups.ts";
import type { Jobs } from "#jobs/job.ts";
import type { BuildingReports } from "#reports/building.ts";
import type { HomeReports } from "#reports/home.ts";
import type { MeterReports } from "#reports/meters.ts";
import type { PlantReports } from "#reports/plant.ts";
import type { Store } from "#store/store.ts";
import type { Actions } from "./actions.ts";

/** What the house logs with; pino fits. */
export interface Logger {
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
  error(about: object, message: string): void;
}

/** Readers of a network range who need no token. */
interface AnonymousRule {
  readonly role: "viewer" | "operator" | "billing" | "admin";
  /** CIDR: `192.168.1.0/24`, `fd00::/8`. */
  readonly from: string;
}

export interface ApiConfig {
  readonly version: string;
  /** True in `wattkeep demo`. */
  readonly demo: boolean;
  readonly startedMs: number;
  /** Folder of the built pages; left out, only the API is served. */
  readonly webFolder?: string;
  /** `/wattkeep` behind a proxy that keeps the prefix; empty for none. A proxy that strips it needs it too, for the pages. */
  readonly basePath: string;
  /** Address the server listens on; `0.0.0.0` and `::` allow every IP literal as Host. */
  readonly listenHost: string;
  /** Names under which people reach the server: `meter.example`, `meter.example:8443`. */
  readonly publicHosts: readonly string[];
  /** Other origins whose pages may talk to this server: `https://wall.example`. */
  readonly allowedOrigins: readonly string[];
  /** Addresses or ranges of reverse proxies whose X-Forwarded-* headers count; false for none. */
  readonly trustProxy: false | readonly string[];
  readonly anonymous: readonly AnonymousRule[];
  /** A request from this machine itself needs no token. */
  readonly loopbackOpen: boolean;
  /** Requests of one address per minute; 6,000 unless said. */
  readonly requestsPerMinute?: number;
  /** Attempts to sign in, and wrong tokens, of one address per minute; 10 unless said. */
  readonly signInsPerMinute?: number;
  readonly live?: LiveLimits;
  /** The old dashboard's own routes, for one site; left out, there are none. */
  readonly kyz?: KyzCompat;
  /** The old Tasmota MT681 monitor's own routes, for one home; left out or with no home yet, there are none. */
  readonly tasmota?: TasmotaCompat;
  /** The routes of Niagara Copilot Edge, for one building; left out, there are none. */
  readonly niagara?: NiagaraCompat;
  /** Where pictures of dials are kept; left out, none are. */
  readonly photoFolder?: string;
  /** Days page views are kept; 180 unless said. */
  readonly usageDays?: number;
}

/** How the routes of the old KYZ dashboard answer. */
export interface KyzCompat {
  readonly site: string;
  /** Left out, the first metered point of the site. */
  readonly point?: string;
  /** `?token=` counts on `/api/stream` and `/kiosk`, and nowhere else. */
  readonly tokenInUrl: boolean;
  /** A token of its own is configured: these routes then ask for one, or a sign-in, of this machine too. */
  readonly tokenNeeded?: boolean;
  /** What the old configuration called the plant; left out, the site's name. */
  readonly plantName?: string;
  /** Longest range of `/api/series`; 60 unless said. */
  readonly seriesMaxDays?: number;
  /** Longer ranges are answered too. */
  readonly extendedRange?: boolean;
  /** How often the stream looks for a newer interval; 5 unless said. */
  readonly streamSeconds?: number;
  /** `ro` where the mirror in SQL has credentials of its own for reading. */
  readonly credentialMode?: "ro" | "rw";
}

/** How the routes of the old Tasmota MT681 monitor answer. */
export interface TasmotaCompat {
  /** Id of a home; left out, the first one. */
  readonly home?: string;
}

/** How the routes of Niagara Copilot Edge answer. */
export interface NiagaraCompat {
  /** Left out, the first building there is. */
  readonly site?: string;
}

/** Bounds of the live room; each has a default in `live.ts`. */
export interface LiveLimits {
  readonly clients?: number;
  readonly batchMs?: number;
  /** Bytes not yet taken by a reader after which it gets the newest values alone. */
  readonly slowBytes?: number;
  /** Bytes not yet taken after which it is closed. */
  readonly closeBytes?: number;
  /** Time a reader may stay slow. */
  readonly slowMs?: number;
  readonly heartbeatMs?: number;
}

/** The copies of the store, as routes ask for them. */
export interface BackupDesk {
  /** Whether they are made by the clock. */
  readonly enabled: boolean;
  /** The job that makes one. */
  readonly job: string;
  /** What to type to bring the newest back. */
  readonly restoreCommand: string;
  view(): Promise<BackupsSeen>;
}

/** What GET /backups tells of the copies themselves; the jobs know the rest. */
type BackupsSeen = Omit<BackupsAnswer, "nowMs" | "enabled" | "nextMs" | "running" | "restoreCommand" | "backups"> & {
  readonly backups: readonly (Omit<BackupInfo, "keptAs"> & { readonly keptAs: readonly BackupInfo["keptAs"][number][] })[];
};

export interface ApiDeps {
  readonly store: Store;
  readonly actions: Actions;
  /** Metered points with demand; left out where there are none. */
  readonly plants?: readonly PlantReports[];
  /** The homes there are now: a meter nobody configured becomes one as soon as it counts energy. */
  readonly homes?: () => readonly HomeReports[];
  /** The meters of every site there are now: of the file, of the pages, and registers nobody named. */
  readonly meters?: () => readonly MeterReports[];
  /** The buildings there are now: every site with histories of a station, or with a zone by name. */
  readonly buildings?: () => readonly BuildingReports[];
  /** Work that runs by the clock or when asked. */
  readonly jobs?: Jobs;
  /** What is watched and who is told; left out where nothing is. */
  readonly alerts?: AlertDesk;
  /** Copies of the store; left out where none are made. */
  readonly backups?: BackupDesk;
  readonly config: ApiConfig;
  readonly nowMs: () => number;
  /** That many unpredictable bytes. */
  readonly random: (count: number) => Uint8Array;
  readonly logger: Logger;
}
