/** Which names the fields of points have: those the utility analytics first wrote, or those of its later versions. */
export const SHAPES = ["seed", "later"] as const;
export type Shape = (typeof SHAPES)[number];

interface Server {
  readonly url: string;
  readonly timeoutMs: number;
}

/** An InfluxDB 2, where points live in buckets. */
export interface InfluxTwo extends Server {
  readonly org: string;
  readonly token: string;
  readonly bucket: string;
}

/** An InfluxDB 1, where points live in databases. */
export interface InfluxOne extends Server {
  readonly database: string;
  readonly username?: string;
  readonly password?: string;
}

export type InfluxServer = InfluxOne | InfluxTwo;

/** What leaves for InfluxDB, and where to. */
export interface InfluxOutletSettings {
  readonly server: InfluxServer;
  readonly shape: Shape;
  /** Where what Tibber said goes; left out, it stays here. */
  readonly raw?: InfluxServer;
}

/** Name of the bucket or database. */
export const bucketOf = (server: InfluxServer): string => ("bucket" in server ? server.bucket : server.database);
