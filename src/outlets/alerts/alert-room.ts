import { type AlertState, CLEAR, type Notice, type Observation } from "#alerts/alert.ts";
import { judge } from "#alerts/judge.ts";
import { leaving } from "#alerts/own-subjects.ts";
import type { Rule } from "#alerts/rule.ts";
import type { NewAlertDelivery } from "#store/records.ts";
import type { Store } from "#store/store.ts";
import { Change, type Kept, type Seen } from "./change.ts";
import type { Message } from "./channel.ts";
import { linkOf } from "./link-of.ts";
import type { Observer } from "./observe.ts";
import type { RuleBook } from "./rule-book.ts";

export interface RoomParts {
  readonly store: Pick<Store, "alerts" | "alertMemory" | "changeAlerts">;
  readonly book: RuleBook;
  readonly observer: Pick<Observer, "observe">;
  /** Names of the channels there are. */
  readonly channels: readonly string[];
  /** Address of a page with the server's name. Missing: undefined where the name is not known. */
  readonly pageAt: (path: string) => string | undefined;
  /** Something was written down to be sent. */
  readonly wake: () => void;
  readonly nowMs: () => number;
  readonly logger: { warn(about: object, message: string): void };
}

/** Alerts that fired are kept so long after they were over. */
const KEPT_MS = 2 * 366 * 86_400_000;
const FORGET_EVERY_MS = 86_400_000;
const MOST_ACTIVE = 10_000;

/**
 * Looks at everything that rules watch, and writes down what has to be told in the same transaction as what is remembered of it.
 * Looks do not overlap. What the store refuses did not happen, and is seen again at the next look.
 */
export class AlertRoom {
  readonly #parts: RoomParts;
  readonly #kept = new Map<string, Map<string, Kept>>();
  /** Alerts that last, by rule and subject. */
  readonly #active = new Map<string, { readonly id: number; readonly message: Message; readonly told: readonly string[] }>();
  #looking: Promise<void> = Promise.resolve();
  #forgottenMs = Number.NEGATIVE_INFINITY;
  readonly #complained = new Set<string>();

  constructor(parts: RoomParts) {
    this.#parts = parts;
  }

  /** Takes up what was remembered. Errors: those of the store. */
  async open(): Promise<void> {
    const { store } = this.#parts;
    for (const { rule, subject, state } of (await store.alertMemory()).states) {
      const observation = { subject, title: subject, value: Number.NaN, unit: "", tMs: Number.NaN };
      this.#keep(rule, { observation, state: JSON.parse(state) as AlertState, json: state });
    }
    for (const alert of await store.alerts({ active: true, limit: MOST_ACTIVE })) {
      const { id, rule, ruleName, subject, subjectTitle, title, text, value, unit, firedMs, link, deliveries } = alert;
      const severity = alert.severity as Notice["severity"];
      const at = link === undefined ? undefined : this.#parts.pageAt(link);
      const notice = { what: "fired", rule, subject, severity, title, text, value, unit, tMs: firedMs } as const;
      const told = [...new Set(deliveries.filter(({ result }) => result !== "muted").map(({ channel }) => channel))];
      this.#active.set(keyOf(rule, subject), {
        id,
        told,
        message: { ...notice, ruleName, subjectTitle, firedMs, ...(at === undefined ? {} : { link: at }) },
      });
    }
  }

  seen(rule: string): readonly Seen[] {
    return [...(this.#kept.get(rule)?.values() ?? [])];
  }

  /** What lasts and was told by a channel. */
  standing(channel: string): Message[] {
    return [...this.#active.values()].flatMap(({ message, told }) => (told.includes(channel) ? [message] : []));
  }

  /** Looks once, after a look that is under way. Errors: those of the store. */
  look(): Promise<void> {
    const looking = this.#looking.then(() => this.#look());
    this.#looking = looking.catch(() => undefined);
    return looking;
  }

  async #look(): Promise<void> {
    const { book, nowMs } = this.#parts;
    const atMs = nowMs();
    const change = new Change(atMs);
    const rules = book.all();
    const every = rules.map(({ rule }) => rule);
    for (const { rule, from } of rules) {
      if (!rule.enabled) continue;
      const all = await this.#observed(rule);
      if (all === undefined) continue;
      const isLeft = leaving(rule, from === "built-in", every);
      const found = all.filter(({ subject }) => !isLeft(subject));
      for (const observation of found) this.#judge(rule, observation, change);
      this.#endOthers(rule.id, new Set(found.map(({ subject }) => subject)), change);
    }
    const alive = new Set(rules.filter(({ rule }) => rule.enabled).map(({ rule }) => rule.id));
    for (const rule of new Set([...this.#kept.keys(), ...[...this.#active.values()].map(({ message }) => message.rule)]))
      if (!alive.has(rule)) this.#endOthers(rule, new Set(), change);
    await this.#write(change);
    for (const [rule, subject] of change.gone) this.#kept.get(rule)?.delete(subject);
    for (const [rule, kept] of change.kept) this.#keep(rule, kept);
  }

  /** Missing: undefined where nothing can be seen now, so that nothing is decided. */
  async #observed(rule: Rule): Promise<readonly Observation[] | undefined> {
    try {
      const found = await this.#parts.observer.observe(rule);
      this.#complained.delete(rule.id);
      return found;
    } catch (error) {
      if (!this.#complained.has(rule.id))
        this.#parts.logger.warn({ err: error, rule: rule.id }, "What a rule watches could not be looked at");
      this.#complained.add(rule.id);
      return undefined;
    }
  }

  #judge(rule: Rule, observation: Observation, change: Change): void {
    const had = this.#kept.get(rule.id)?.get(observation.subject);
    const { state, notices } = judge(rule, observation, { state: had?.state ?? CLEAR, nowMs: change.atMs });
    const json = JSON.stringify(state);
    change.kept.push([rule.id, { observation, state, json }]);
    if (json !== had?.json && !(had === undefined && state === CLEAR))
      change.states.push({ rule: rule.id, subject: observation.subject, state: json });
    for (const notice of notices) this.#tell(rule, { notice, observation }, change);
  }

  #tell(rule: Rule, { notice, observation }: { notice: Notice; observation: Observation }, change: Change): void {
    const { book, channels, pageAt } = this.#parts;
    const key = keyOf(rule.id, notice.subject);
    const active = this.#active.get(key);
    const link = linkOf(rule, notice.subject);
    const at = pageAt(link);
    const firedMs = active?.message.firedMs ?? notice.tMs;
    const said = { ...notice, ruleName: rule.name, subjectTitle: observation.title, firedMs, ...(at === undefined ? {} : { link: at }) };
    const wanted = rule.channels.filter((channel) => channels.includes(channel));
    const isMuted = book.mutedUntilMs(rule.id, change.atMs) !== undefined;
    if (notice.what === "fired") {
      const { title, text, value, unit, severity, subject } = notice;
      const what = { rule: rule.id, ruleName: rule.name, subject, subjectTitle: observation.title, severity, title, text, value, unit };
      change.fired.push({
        alert: { ...what, firedMs, link, deliveries: deliveriesOf(said, wanted, isMuted) },
        message: said,
        told: isMuted ? [] : wanted,
      });
    } else if (active !== undefined) {
      if (notice.what === "cleared") change.end(key, active.id, deliveriesOf(said, active.told, false));
      else change.repeated.push({ key, alertId: active.id, deliveries: deliveriesOf(said, wanted, isMuted), told: isMuted ? [] : wanted });
    }
  }

  /** What is watched no more is over: a source that is gone from the configuration, a rule that was taken away. */
  #endOthers(rule: string, subjects: ReadonlySet<string>, change: Change): void {
    for (const subject of this.#kept.get(rule)?.keys() ?? []) {
      if (subjects.has(subject)) continue;
      change.states.push({ rule, subject, state: null });
      change.gone.push([rule, subject]);
    }
    for (const [key, { id, message, told }] of this.#active) {
      if (message.rule !== rule || subjects.has(message.subject)) continue;
      const words = {
        title: `${message.subjectTitle} is not watched any more`,
        text: "The rule or what it watched was taken away or switched off.",
      };
      change.end(key, id, deliveriesOf({ ...message, ...words, what: "cleared", tMs: change.atMs }, told, false));
    }
  }

  async #write(change: Change): Promise<void> {
    const { store, wake } = this.#parts;
    await this.#withoutAcknowledged(change);
    const isForgetting = change.atMs - this.#forgottenMs >= FORGET_EVERY_MS || change.atMs < this.#forgottenMs;
    const written = change.toWrite(isForgetting ? change.atMs - KEPT_MS : undefined);
    if (written === undefined) return;
    const ids = await store.changeAlerts(written);
    if (isForgetting) this.#forgottenMs = change.atMs;
    change.fired.forEach(({ alert, message, told }, i) => {
      this.#active.set(keyOf(alert.rule, alert.subject), { id: ids[i] as number, message, told });
    });
    for (const { key, told } of change.repeated) {
      const active = this.#active.get(key);
      if (active !== undefined) this.#active.set(key, { ...active, told: [...new Set([...active.told, ...told])] });
    }
    for (const { key } of change.ended) this.#active.delete(key);
    if ((written.fired?.length ?? 0) + (written.told?.length ?? 0) > 0) wake();
  }

  /** Who acknowledged an alert knows of it, and is not told again. */
  async #withoutAcknowledged(change: Change): Promise<void> {
    if (change.repeated.length === 0) return;
    const alerts = await this.#parts.store.alerts({ ids: change.repeated.map(({ alertId }) => alertId), limit: MOST_ACTIVE });
    const acknowledged = new Set(alerts.filter((alert) => alert.acknowledged !== undefined).map(({ id }) => id));
    change.repeated = change.repeated.filter(({ alertId }) => !acknowledged.has(alertId));
  }

  #keep(rule: string, kept: Kept): void {
    const ofRule = this.#kept.get(rule) ?? new Map<string, Kept>();
    ofRule.set(kept.observation.subject, kept);
    this.#kept.set(rule, ofRule);
  }
}

const keyOf = (rule: string, subject: string): string => `${rule}\n${subject}`;

function deliveriesOf(message: Message, channels: readonly string[], isMuted: boolean): NewAlertDelivery[] {
  const json = JSON.stringify(message);
  return channels.map((channel) => ({ channel, message: json, ...(isMuted ? { result: "muted" as const } : {}) }));
}
