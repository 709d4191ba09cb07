/** Who logs in where. */
export interface SqlLogin {
  readonly server: string;
  readonly port: number;
  readonly database: string;
  readonly username: string;
  readonly password: string;
  readonly encrypt: boolean;
  readonly trustServerCertificate: boolean;
}

/** What the mirror of a plant is given. */
export interface AzureSettings {
  /** Writes the tables. */
  readonly writer: SqlLogin;
  /** Reads rows that others put there; left out, they are not taken in. */
  readonly reader?: SqlLogin;
}

/** Source under which rows of others are kept. */
export const AZURE_SOURCE = "azure";

/** `kyz_ingestor at example.database.windows.net/energy`, for people; never the password. */
export function loginText({ server, port, database, username }: SqlLogin): string {
  return `${username} at ${server}${port === 1433 ? "" : `:${port}`}/${database}`;
}
