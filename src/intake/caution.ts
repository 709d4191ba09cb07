import type { Store } from "#store/store.ts";

/** What the last process left behind, in the store's settings. */
const STARTS = "intake.unfinished-starts";
const SUSPECT = "intake.suspect";

/** Starts in a row that ended before anything was committed, after which messages are read one by one. */
const CAREFUL_AFTER = 2;
/** A message is left unread after this many processes that ended while reading it: once or twice may be the power. */
const ACCUSED_AFTER = 3;
/** Messages that are read one by one before the line trusts them again. */
const CAREFUL_MESSAGES = 200;

/**
 * Guards against a message whose reading ends the whole process: a broker would deliver it again after every start, for
 * ever. After two starts in a row that came to nothing, the message about to be read is written down first; one that
 * stands there after three ends in a row is not read again.
 */
export class Caution {
  readonly #store: Store;
  /** What the last process was reading when it ended, and how many ended so in a row. */
  readonly #suspect: { readonly hash: string; readonly times: number };
  #left: number;
  #unfinished = true;

  private constructor(store: Store, state: { starts: number; suspect: { hash: string; times: number } }) {
    this.#store = store;
    this.#suspect = state.suspect;
    this.#left = state.starts >= CAREFUL_AFTER ? CAREFUL_MESSAGES : 0;
  }

  /** Counts this start. Errors: as the store's. */
  static async open(store: Store): Promise<Caution> {
    const starts = Number((await store.setting(STARTS)) ?? 0);
    const [hash = "", times] = ((await store.setting(SUSPECT)) ?? "").split(" ");
    await store.saveSetting(STARTS, String(starts + 1));
    return new Caution(store, { starts, suspect: { hash, times: Number(times ?? 0) } });
  }

  /** Whether messages are to be read one by one, each between `before` and `after`. */
  get careful(): boolean {
    return this.#left > 0;
  }

  /** Writes down what is about to be read. False: reading it ended the process again and again, so it is not to be read. */
  async before(hash: string): Promise<boolean> {
    const times = hash === this.#suspect.hash ? this.#suspect.times : 0;
    if (times >= ACCUSED_AFTER) return false;
    await this.#store.saveSetting(SUSPECT, `${hash} ${times + 1}`);
    return true;
  }

  /** The message was read and nothing happened: it is cleared before it is even committed, so that a power cut there accuses nobody. */
  async after(): Promise<void> {
    this.#left--;
    await this.#store.saveSetting(SUSPECT, "");
  }

  /** This start came to something: a commit, or an orderly end. */
  async finished(): Promise<void> {
    if (!this.#unfinished || this.careful) return;
    this.#unfinished = false;
    await this.#store.saveSetting(STARTS, "0");
  }
}
