import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import type { MeterFact } from "#contract/meter-edits.ts";
import { sendJson } from "#web/client/fetch.ts";
import { undoNotice } from "#web/parts/undo-notice.tsx";
import { useRenewMeters } from "./use-meter-say.ts";

const UNDO_MS = 15_000;

export interface GasWish {
  readonly site: string;
  /** Local date; null for the beginning. */
  readonly fromDate: string | null;
  readonly calorificKwhPerM3: number;
  readonly zFactor: number;
  readonly basis: "gross" | "net";
}

/** Says what a cubic metre of a site's gas holds, and offers the way back. */
export function useSayGas() {
  const renew = useRenewMeters();
  const undo = useMutation({
    mutationFn: (id: number) => sendJson<MeterFact>("POST", `/edits/${id}/undo`),
    onError: (error) => notifications.show({ title: "It could not be taken back", message: error.message, color: "red" }),
    onSettled: () => renew(),
  });
  return useMutation({
    mutationFn: (wish: GasWish) => sendJson<MeterFact>("POST", "/meters/gas", wish),
    onSuccess: (fact) =>
      undoNotice({ id: `edit-${fact.id}`, title: "Energy in a cubic metre set", forMs: UNDO_MS, onUndo: () => undo.mutate(fact.id) }),
    onSettled: () => renew(),
  });
}
