import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import type { AzureConfig } from "#config/outlets.ts";
import { sqlAddressOf } from "#config/outlets.ts";
import { azureSettings } from "#mirrors.ts";
import type { SqlLogin } from "#outlets/azure-sql/settings.ts";
import { Exit } from "./exit.ts";

/** The database of the configuration's mirror, by the login that may only read where there is one. Errors: Exit 2 where there is none. */
export function configuredLogin(azure: AzureConfig | undefined): SqlLogin {
  if (azure !== undefined) {
    const { reader, writer } = azureSettings(azure);
    return reader ?? writer;
  }
  throw new Exit(2, "Name the folder of the old system, whose .env says where its database is, or configure outlets.azure.");
}

/** The database an old system's `.env` names. Errors: Exit 2 with what is missing in it. */
export function loginOfFolder(folder: string): SqlLogin {
  const file = join(folder, ".env");
  let env: Readonly<Record<string, string | undefined>>;
  try {
    env = parseEnv(readFileSync(file, "utf8"));
  } catch {
    throw new Exit(2, `${file} cannot be read.`);
  }
  const said = (name: string): string | undefined => (env[name]?.trim() === "" ? undefined : env[name]?.trim());
  const readOnly = said("SQL_RO_USERNAME") !== undefined && said("SQL_RO_PASSWORD") !== undefined;
  const names = { server: "SQL_SERVER", database: "SQL_DATABASE", ...(readOnly ? READER : WRITER) };
  const missing = Object.values(names).filter((name) => said(name) === undefined);
  if (missing.length > 0) throw new Exit(2, `${file} does not say ${missing.join(", ")}.`);
  const address = sqlAddressOf(said(names.server) ?? "");
  if (address === undefined)
    throw new Exit(2, `${file}: SQL_SERVER is not a server's address; write tcp:example.database.windows.net,1433.`);
  return {
    server: address.host,
    port: address.port,
    database: said(names.database) ?? "",
    username: said(names.username) ?? "",
    password: said(names.password) ?? "",
    encrypt: true,
    trustServerCertificate: false,
  };
}

const READER = { username: "SQL_RO_USERNAME", password: "SQL_RO_PASSWORD" } as const;
const WRITER = { username: "SQL_USERNAME", password: "SQL_PASSWORD" } as const;
