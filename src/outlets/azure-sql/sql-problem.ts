/**
 * Why SQL Server or the line to it did not do what was asked, in words an operator can act on.
 * Codes: driver-missing, unreachable, bad-certificate, not-encrypted, login-refused, no-table, no-column, no-permission, busy, refused.
 */
export class SqlProblem extends Error {
  readonly code: string;
  /** Trying again soon may help; anything else needs a person. */
  readonly transient: boolean;
  /** SQL Server's own number, where it answered with one. */
  readonly number?: number;
  constructor(kind: Kind, sentence: string, options: { number?: number | undefined; cause?: unknown } = {}) {
    super(sentence, { cause: options.cause });
    this.name = "SqlProblem";
    this.code = kind.code;
    this.transient = kind.transient;
    if (options.number !== undefined) this.number = options.number;
  }
}

interface Kind {
  readonly code: string;
  readonly transient: boolean;
  readonly advice: string;
}

const UNREACHABLE: Kind = { code: "unreachable", transient: true, advice: "Check the server's name, the network and the firewall rule." };
const BUSY: Kind = { code: "busy", transient: true, advice: "It is tried again." };
const REFUSED: Kind = { code: "refused", transient: false, advice: "Look at the scripts in deploy/sql." };
const DRIVER: Kind = { code: "driver-missing", transient: false, advice: "" };
const TABLE: Kind = { code: "no-table", transient: false, advice: "Run deploy/sql/001_tables.sql and 003_views.sql." };
const COLUMN: Kind = { code: "no-column", transient: false, advice: "Compare the table with deploy/sql/001_tables.sql." };
const PERMISSION: Kind = { code: "no-permission", transient: false, advice: "Run deploy/sql/005_grants.sql." };
const PLAIN: Kind = {
  code: "not-encrypted",
  transient: false,
  advice: "On a network of your own write encrypt: false.",
};
const CERTIFICATE: Kind = {
  code: "bad-certificate",
  transient: false,
  advice: "On a network of your own write trustServerCertificate: true.",
};
const LOGIN: Kind = { code: "login-refused", transient: false, advice: "Check database, user name and password." };

/**
 * What the numbers mean that matter here. Busy are those of Microsoft's list of transient errors, deadlock and lock time-out,
 * and a key that another session wrote in the same moment (2601, 2627): the next MERGE finds it.
 * Source: "Troubleshoot transient connection errors in SQL Database", learn.microsoft.com.
 */
const BY_NUMBER = new Map<number, Kind>([
  ...[926, 4060, 4221, 10928, 10929, 40143, 40197, 40501, 40540, 40613, 49918, 49919, 49920, 1205, 1222, 2601, 2627].map(
    (number) => [number, BUSY] as const,
  ),
  ...[18452, 18456, 18470, 18486, 18487, 18488].map((number) => [number, LOGIN] as const),
  ...[40615, 40914].map((number) => [number, { ...UNREACHABLE, transient: false }] as const),
  [208, TABLE],
  [207, COLUMN],
  ...[229, 230, 262, 916].map((number) => [number, PERMISSION] as const),
]);

const CODES_OF_THE_LINE = new Set(["ESOCKET", "ETIMEOUT", "ECONNCLOSED", "ECONNRESET", "EINVALIDSTATE", "EREQTIMEOUT"]);
/** Longest text of a server that is repeated. */
const MOST_TEXT = 300;

/** Any failure of the driver as a SqlProblem. */
export function sqlProblemOf(error: unknown, doing: string): SqlProblem {
  if (error instanceof SqlProblem) return error;
  const { number, code } = error as { number?: number; code?: string };
  const said = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, " ").slice(0, MOST_TEXT);
  const kind = (number === undefined ? undefined : BY_NUMBER.get(number)) ?? kindOf(code, said);
  const told = number === undefined ? said : `${said} (error ${number})`;
  return new SqlProblem(kind, `${doing}: ${told}${/[.!?]$/.test(told) ? "" : "."} ${kind.advice}`.trimEnd(), { number, cause: error });
}

function kindOf(code: string | undefined, said: string): Kind {
  if (/certificate|altnames/i.test(said)) return CERTIFICATE;
  if (code === "ELOGIN") return LOGIN;
  if (code !== undefined && CODES_OF_THE_LINE.has(code)) return UNREACHABLE;
  return REFUSED;
}

/** A server that would have the password in the clear. */
export function notEncrypted(doing: string): SqlProblem {
  return new SqlProblem(PLAIN, `${doing}: the server does not offer an encrypted connection, so nothing was sent. ${PLAIN.advice}`);
}

/** The driver is an optional package: what to do where it was left out. */
export function driverMissing(cause: unknown): SqlProblem {
  return new SqlProblem(
    DRIVER,
    'The package "tedious", which speaks to SQL Server, is not installed. Run "npm install --include=optional" in Wattkeep\'s folder, and start again.',
    { cause },
  );
}
