import type { Connection, Request } from "tedious";
import type { Driver } from "./driver.ts";
import { encryptedOnly } from "./guarded-socket.ts";
import type { Parameter, SqlStatement } from "./merge.ts";
import { loginText, type SqlLogin } from "./settings.ts";
import { notEncrypted, sqlProblemOf } from "./sql-problem.ts";

/** A row by the names of its columns, as the driver reads it: times are Dates whose UTC is the clock that was stored. */
export type SqlRow = Readonly<Record<string, unknown>>;

export interface SqlResult {
  readonly rows: readonly SqlRow[];
  /** Rows changed or returned. */
  readonly count: number;
}

const CONNECT_MS = 15_000;
const REQUEST_MS = 60_000;

/**
 * One session at a SQL Server. Statements go one after the other; a session that failed is closed and not used again.
 * Errors: SqlProblem.
 */
export class SqlConnection {
  readonly #connection: Connection;
  readonly #driver: Driver;
  #open = true;

  private constructor(connection: Connection, driver: Driver) {
    this.#connection = connection;
    this.#driver = driver;
    connection.on("end", () => {
      this.#open = false;
    });
    // What breaks while nothing is asked shows at the next statement.
    connection.on("error", () => {
      this.#open = false;
    });
  }

  static async open(login: SqlLogin, driver: Driver): Promise<SqlConnection> {
    const guard = login.encrypt ? encryptedOnly({ host: login.server, port: login.port }) : undefined;
    const connection = new driver.Connection({
      server: login.server,
      authentication: { type: "default", options: { userName: login.username, password: login.password } },
      options: {
        port: login.port,
        database: login.database,
        encrypt: login.encrypt,
        ...(guard === undefined ? {} : { connector: guard.connector }),
        trustServerCertificate: login.trustServerCertificate,
        appName: "Wattkeep",
        connectTimeout: CONNECT_MS,
        requestTimeout: REQUEST_MS,
        // The outlet waits and tries again by itself, and says so.
        maxRetriesOnTransientErrors: 0,
        // Plant-local clock readings travel as if they were UTC, so that no zone of this computer is applied to them.
        useUTC: true,
      },
    });
    const session = new SqlConnection(connection, driver);
    try {
      await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
    } catch (error) {
      connection.close();
      const doing = `${loginText(login)} could not log in`;
      throw guard?.refused() === true ? notEncrypted(doing) : sqlProblemOf(error, doing);
    }
    return session;
  }

  get usable(): boolean {
    return this.#open;
  }

  async run({ sql, parameters }: SqlStatement): Promise<SqlResult> {
    const rows: SqlRow[] = [];
    try {
      const count = await new Promise<number>((resolve, reject) => {
        const request = new this.#driver.Request(sql, (error, changed) => (error ? reject(error) : resolve(changed ?? 0)));
        request.on("row", (columns: { metadata: { colName: string }; value: unknown }[]) =>
          rows.push(Object.fromEntries(columns.map((column) => [column.metadata.colName, column.value]))),
        );
        for (const [index, parameter] of parameters.entries()) this.#add(request, `p${index}`, parameter);
        this.#connection.execSql(request);
      });
      return { rows, count };
    } catch (error) {
      throw sqlProblemOf(error, sql.split(/[\s(]+/, 3).join(" "));
    }
  }

  /** All of the work or nothing of it. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.#step("BEGIN", (done) => this.#connection.beginTransaction(done));
    try {
      const result = await work();
      await this.#step("COMMIT", (done) => this.#connection.commitTransaction(done));
      return result;
    } catch (error) {
      // A line that broke has rolled back by itself.
      await this.#step("ROLLBACK", (done) => this.#connection.rollbackTransaction(done)).catch(() => undefined);
      throw error;
    }
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    const ended = new Promise<void>((resolve) => this.#connection.once("end", () => resolve()));
    this.#connection.close();
    await ended;
  }

  async #step(what: string, take: (done: (error?: Error | null) => void) => void): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => take((error) => (error ? reject(error) : resolve())));
    } catch (error) {
      throw sqlProblemOf(error, what);
    }
  }

  #add(request: Request, name: string, { type, value }: Parameter): void {
    const { name: typeName, ...options } = type;
    request.addParameter(name, this.#driver.TYPES[typeName], value, options);
  }
}
