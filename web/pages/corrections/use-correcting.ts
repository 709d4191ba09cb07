import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { CorrectionInfo, CorrectionMadeAnswer } from "#contract/corrections.ts";
import { sendJson } from "#web/client/fetch.ts";
import { undoNotice } from "#web/parts/undo-notice.tsx";

const UNDO_MS = 10_000;

/** What is asked of the server: a correction as a person words it. */
export interface CorrectionWish {
  readonly series: string;
  readonly action: CorrectionInfo["action"];
  readonly from: string;
  readonly to?: string;
  readonly value: number | null;
  readonly why: string;
}

/** Makes corrections and takes them back; every number of every page is asked again after, for all of them may be others. */
export function useCorrecting() {
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries();
  const send = (wish: CorrectionWish, dryRun: boolean) => sendJson<CorrectionMadeAnswer>("POST", "/corrections", { ...wish, dryRun });
  const undo = useMutation({
    mutationFn: (id: number) => sendJson<CorrectionMadeAnswer>("DELETE", `/corrections/${id}`),
    onError: (error: Error) => notifications.show({ title: "The correction stays", message: error.message, color: "red" }),
    onSettled: refresh,
  });
  const takeBack = useMutation({
    mutationFn: ({ id }: CorrectionInfo) => sendJson<CorrectionMadeAnswer>("DELETE", `/corrections/${id}`),
    onError: (error: Error) => notifications.show({ title: "The correction stays", message: error.message, color: "red" }),
    onSuccess: (answer, before) =>
      undoNotice({
        id: `correction-${before.id}`,
        title: `${before.name}: as it came again. ${answer.sentence}`,
        forMs: UNDO_MS,
        onUndo: () => void make.mutateAsync(wishOf(before)).catch(() => {}),
      }),
    onSettled: refresh,
  });
  const make = useMutation({
    mutationFn: (wish: CorrectionWish) => send(wish, false),
    onSuccess: ({ correction, sentence }) => {
      if (correction === null) return;
      undoNotice({
        id: `correction-${correction.id}`,
        title: `${correction.name} is corrected. ${sentence}`,
        forMs: UNDO_MS,
        onUndo: () => undo.mutate(correction.id),
      });
    },
    onSettled: refresh,
  });
  const look = useMutation({ mutationFn: (wish: CorrectionWish) => send(wish, true) });
  return { make, look, takeBack };
}

/** The same correction once more. */
function wishOf({ series, action, fromMs, toMs, value, why }: CorrectionInfo): CorrectionWish {
  const instant = (tMs: number): string => new Date(tMs).toISOString();
  return { series, action, from: instant(fromMs), ...(toMs === fromMs ? {} : { to: instant(toMs) }), value, why };
}
