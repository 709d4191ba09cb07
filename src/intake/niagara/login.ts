import { randomBytes, scryptSync } from "node:crypto";
import { PullProblem } from "#intake/pull/pull-problem.ts";
import { hostOf, type Settings, type StationAccess } from "./access.ts";

/** A station locks a user out after a few wrong passwords, and operators with it: two are all we try. */
const MOST_REFUSALS = 2;
const MOST_REMEMBERED = 10;
const HASH_BYTES = 16;

interface Kept {
  readonly salt: string;
  /** How often each password was refused in a row, by its hash. */
  readonly refused: Readonly<Record<string, number>>;
  /** Path that was refused last: pages that anybody may read say nothing of a password. */
  readonly at?: string;
}

/** What a station thought of a user's password, remembered over restarts: a password that was refused twice is not sent again by itself. */
export class Login {
  readonly #access: StationAccess;
  readonly #settings: Settings;
  #kept: Kept | undefined;
  #hash: { readonly salt: string; readonly text: string } | undefined;

  constructor(access: StationAccess, settings: Settings) {
    this.#access = access;
    this.#settings = settings;
  }

  get header(): Readonly<Record<string, string>> {
    const { username, password } = this.#access;
    if (username === undefined) return {};
    return { authorization: `Basic ${Buffer.from(`${username}:${password ?? ""}`, "utf8").toString("base64")}` };
  }

  /** Errors: PullProblem `locked` where the station has refused this very password twice and nobody asks for another try. */
  async check(asked: boolean): Promise<void> {
    // Another source with this user may have been refused meanwhile.
    this.#kept = undefined;
    const refused = await this.#refusals();
    if (refused < MOST_REFUSALS || asked) return;
    throw new PullProblem(
      "locked",
      `${this.#who()} refused the user ${this.#user()} ${refused} times, so it is not asked again: a station locks users out. Set the right password, or run this job by hand to try once more.`,
      { again: false },
    );
  }

  /** An answer came from this path. What was refused there before is forgotten; what was refused elsewhere is not. */
  async accepted(path: string): Promise<void> {
    if ((await this.#refusals()) > 0 && (this.#kept?.at ?? path) === path) await this.#remember(0, path);
  }

  /** The problem to be told. */
  async refused(path: string, how = "does not accept"): Promise<PullProblem> {
    const times = (await this.#refusals()) + 1;
    await this.#remember(times, path);
    const next =
      times < MOST_REFUSALS
        ? "It is tried once more, with the next run."
        : "It is not tried again before the password changes or somebody runs this job by hand, lest the station lock the user out.";
    const { username } = this.#access;
    const what =
      username === undefined ? "wants a user and a password; set `username` and `password`." : `${how} the user ${this.#user()}.`;
    return new PullProblem("not-allowed", `${this.#who()} ${what} ${next}`, { again: false });
  }

  #who(): string {
    return hostOf(this.#access);
  }

  #user(): string {
    return this.#access.username ?? "(none)";
  }

  async #refusals(): Promise<number> {
    const { salt, refused } = await this.#open();
    // The hash takes its time, and mostly nothing was refused.
    return Object.keys(refused).length === 0 ? 0 : (refused[this.#own(salt)] ?? 0);
  }

  async #remember(times: number, at: string): Promise<void> {
    const { salt, refused } = await this.#open();
    const own = this.#own(salt);
    const others = Object.entries(refused).filter(([hash]) => hash !== own);
    const rows = times === 0 ? others : [...others, [own, times] as const];
    this.#kept = { salt, refused: Object.fromEntries(rows.slice(-MOST_REMEMBERED)), ...(times === 0 ? {} : { at }) };
    await this.#settings.saveSetting(this.#setting(), JSON.stringify(this.#kept));
  }

  async #open(): Promise<Kept> {
    const stored = this.#kept === undefined ? await this.#settings.setting(this.#setting()) : undefined;
    this.#kept ??= keptOf(stored);
    return this.#kept;
  }

  /** A password cannot be found from what is kept of it. */
  #own(salt: string): string {
    const { username = "", password = "" } = this.#access;
    if (this.#hash?.salt !== salt) this.#hash = { salt, text: scryptSync(`${username}\n${password}`, salt, HASH_BYTES).toString("hex") };
    return this.#hash.text;
  }

  /** Sources that share a user share its refusals. */
  #setting(): string {
    return `niagara.login.${this.#who()}.${this.#access.username ?? ""}`;
  }
}

function keptOf(stored: string | undefined): Kept {
  const fresh = { salt: randomBytes(HASH_BYTES).toString("hex"), refused: {} };
  return stored === undefined || stored === "" ? fresh : (JSON.parse(stored) as Kept);
}
