import type { Declared } from "#sites/registry.ts";
import type { AlertState } from "./alert.ts";
import type { Rule } from "./rule.ts";

export const CHANNEL_KINDS = ["telegram", "mail", "ntfy", "webhook", "mqtt"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** A rule as people see it. */
export interface RuleStanding {
  readonly rule: Rule;
  readonly from: "file" | "page" | "built-in";
  readonly declared?: Declared;
  /** When it tells, in words. */
  readonly sentence: string;
  readonly standing: readonly {
    readonly subject: string;
    readonly title: string;
    readonly standing: AlertState["standing"];
    /** NaN where it is not known. */
    readonly value: number;
    readonly unit: string;
  }[];
  readonly mutedUntilMs?: number;
}

/** A channel as people see it: nothing of it is secret. */
export interface ChannelStanding {
  readonly name: string;
  readonly kind: ChannelKind;
  readonly target: string;
  /** Left out while it was not asked. */
  readonly works?: boolean;
  readonly problem?: string;
  readonly lastSentMs?: number;
}

/** What pages ask of the alerts and do with them, besides reading the history. */
export interface AlertDesk {
  rules(): Promise<RuleStanding[]>;
  channels(): Promise<ChannelStanding[]>;
  /** Makes or changes a rule of the page. Errors: AlertProblem `not-of-the-page`, `unknown-channel`. */
  saveRule(rule: Rule, who: string): Promise<RuleStanding>;
  /** Answers the rule that was taken away. Errors: AlertProblem `unknown-rule`, `not-of-the-page`. */
  removeRule(id: string): Promise<Rule>;
  /** Until an instant nobody is told; undefined ends it. Errors: AlertProblem `unknown-rule`. */
  mute(rule: string, untilMs: number | undefined): Promise<RuleStanding>;
  /** Sends a real message. Errors: AlertProblem `unknown-channel`. */
  test(channel: string): Promise<{ readonly sent: boolean; readonly sentence: string }>;
}

/** What a person asked wrongly. */
export class AlertProblem extends Error {
  readonly code: "unknown-rule" | "unknown-channel" | "not-of-the-page";
  /** What was asked for: a rule, a channel. */
  readonly about: string;
  readonly declared: Declared | undefined;
  constructor(code: AlertProblem["code"], about: string, declared?: Declared) {
    super(`${code}: ${about}`);
    this.name = "AlertProblem";
    this.code = code;
    this.about = about;
    this.declared = declared;
  }
}
