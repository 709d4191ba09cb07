import type { HomeInfo, HomeSummaryAnswer } from "#contract/home.ts";
import { numberText } from "#web/parts/format-number.ts";
import { momentText } from "#web/parts/format-time.ts";
import { staleAfterMs } from "#web/parts/freshness.ts";
import { moneyText } from "#web/parts/money-text.ts";
import { comparedWords, energySaid, weekdayName } from "./words.ts";

/** How the newest reading is: heard in time, late, or none ever. */
export type ReaderState = "live" | "silent" | "none";

/** Whether the reader is heard, by its newest reading and how often it reads. */
export function readerState(home: Pick<HomeInfo, "reader">, atMs: number | null, nowMs: number): ReaderState {
  if (atMs === null) return "none";
  const { everyMs } = home.reader;
  return nowMs - atMs <= staleAfterMs(everyMs === null ? {} : { everyMs }) ? "live" : "silent";
}

export interface AnswerParts {
  readonly home: HomeInfo;
  readonly summary: HomeSummaryAnswer;
  readonly state: ReaderState;
  readonly nowMs: number;
}

/** The page in one line: what flows now, what today came to, and how that compares with a typical day by this hour. */
export function answerSentence(parts: AnswerParts): string {
  return [powerSentence(parts), todaySentence(parts)].filter((sentence) => sentence !== undefined).join(" ");
}

function powerSentence({ home, summary, state, nowMs }: AnswerParts): string | undefined {
  const { powerW, atMs, derived } = summary.power;
  if (state === "none") return "No reading yet.";
  if (state === "silent") return `No reading since ${momentText(atMs ?? 0, nowMs, { zone: home.zone })}.`;
  if (powerW === null) return undefined;
  const shown = numberText(Math.abs(powerW), { unit: "W" });
  return `${powerW < 0 ? "Exporting" : "Drawing"} ${derived ? "about " : ""}${shown}.`;
}

function todaySentence({ home, summary }: AnswerParts): string {
  const { boughtKwh, cost, typicalSoFarKwh } = summary.today;
  if (boughtKwh === null) return "What was bought today is not known yet.";
  const price = cost === null ? "" : ` for ${moneyText(cost, summary.currency)}`;
  const compared = comparedWords(boughtKwh, typicalSoFarKwh);
  const typical = compared === undefined ? "" : `, ${compared} a typical ${weekdayName(summary.nowMs, home.zone)}`;
  return `Bought ${energySaid(boughtKwh, home.wholeKwh)} today${price}${typical}.`;
}
