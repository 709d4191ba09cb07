import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { CorrectionMadeAnswer } from "#contract/corrections.ts";
import type { MeterDraft, MeterFact } from "#contract/meter-edits.ts";
import { sendJson } from "#web/client/fetch.ts";
import { meterPath } from "#web/client/meter-queries.ts";
import { undoNotice } from "#web/parts/undo-notice.tsx";

const UNDO_MS = 15_000;

export interface MeterSaying {
  readonly path: "prices" | "events" | "replacements";
  readonly body: object;
  /** What was said, in words: the title of the notice that offers the way back. */
  readonly title: string;
}

/** What a correction asks for; `why` is told to everybody who looks later. */
export interface CorrectionWish {
  readonly series: string;
  readonly action: "set" | "delete" | "add";
  readonly from: string | number;
  readonly value?: number;
  readonly why: string;
}

const DERIVED = new Set(["meters", "meter", "anomalies", "corrections", "round", "columns", "homes", "home"]);

/** Everything derived from readings is asked anew; of a meter that is gone nothing is. */
export function useRenewMeters(): (gone?: string) => Promise<unknown> {
  const queries = useQueryClient();
  return (gone) =>
    queries.invalidateQueries({
      predicate: ({ queryKey }) => DERIVED.has(String(queryKey[0])) && (gone === undefined || !queryKey.includes(gone)),
    });
}

/** Says something about a meter, and takes it back: what it is, events, replacements, prices. */
export function useMeterSay(meter: string) {
  const renew = useRenewMeters();
  const failed = (error: Error) => notifications.show({ title: "It could not be taken back", message: error.message, color: "red" });
  const takeBack = useMutation({
    mutationFn: (factId: number) => sendJson<MeterFact>("DELETE", meterPath(meter, "facts", factId)),
    onError: failed,
    onSettled: () => renew(),
  });
  const say = useMutation({
    mutationFn: ({ path, body }: MeterSaying) => sendJson<MeterFact>("POST", meterPath(meter, path), body),
    onSuccess: (fact, { title }) => undoNotice({ id: `fact-${fact.id}`, title, forMs: UNDO_MS, onUndo: () => takeBack.mutate(fact.id) }),
    onSettled: () => renew(),
  });
  const remove = useMutation({
    mutationFn: () => sendJson<MeterFact>("DELETE", meterPath(meter)),
    onSuccess: (fact) =>
      undoNotice({ id: `fact-${fact.id}`, title: "Meter taken off the lists", forMs: UNDO_MS, onUndo: () => takeBack.mutate(fact.id) }),
    onError: (error) => notifications.show({ title: "It could not be taken off", message: error.message, color: "red" }),
    onSettled: () => renew(meter),
  });
  /** What the form of the definition says. */
  const define = useMutation({
    mutationFn: (draft: MeterDraft) => sendJson<MeterFact>("PUT", meterPath(meter), draft),
    onSuccess: (fact, { name }) =>
      undoNotice({ id: `fact-${fact.id}`, title: `Definition of ${name} kept`, forMs: UNDO_MS, onUndo: () => takeBack.mutate(fact.id) }),
    onSettled: () => renew(),
  });
  return { say, takeBack, remove, define };
}

/** Corrects readings and takes it back. What is stored stays as it came. */
export function useCorrect() {
  const renew = useRenewMeters();
  const undo = useMutation({
    mutationFn: (id: number) => sendJson<unknown>("DELETE", `/corrections/${id}`),
    onError: (error) => notifications.show({ title: "It could not be taken back", message: error.message, color: "red" }),
    onSettled: () => renew(),
  });
  const correct = useMutation({
    mutationFn: (wish: CorrectionWish) => sendJson<CorrectionMadeAnswer>("POST", "/corrections", bodyOf(wish)),
    onSuccess: ({ correction, sentence }) => {
      if (correction === null) return;
      undoNotice({ id: `correction-${correction.id}`, title: sentence, forMs: UNDO_MS, onUndo: () => undo.mutate(correction.id) });
    },
    onSettled: () => renew(),
  });
  return { correct, undo };
}

/** What a correction would change, without making it. */
export const previewCorrection = (wish: CorrectionWish): Promise<CorrectionMadeAnswer> =>
  sendJson<CorrectionMadeAnswer>("POST", "/corrections", { ...bodyOf(wish), dryRun: true });

function bodyOf({ series, action, from, value, why }: CorrectionWish): object {
  return { series, action, from: String(from), why, ...(value === undefined ? {} : { value }) };
}
