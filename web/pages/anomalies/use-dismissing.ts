import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { AnomalyInfo } from "#contract/anomalies.ts";
import type { MeterFact } from "#contract/meter-edits.ts";
import { sendJson } from "#web/client/fetch.ts";
import { meterPath } from "#web/client/meter-queries.ts";
import { undoNotice } from "#web/parts/undo-notice.tsx";

const UNDO_MS = 10_000;

/** Puts findings aside with a reason, and brings them back. */
export function useDismissing() {
  const queries = useQueryClient();
  const refresh = () => Promise.all(["anomalies", "meters", "meter"].map((about) => queries.invalidateQueries({ queryKey: [about] })));
  const back = useMutation({
    mutationFn: ({ meter, factId }: { meter: string; factId: number }) => sendJson<unknown>("DELETE", meterPath(meter, "facts", factId)),
    onError: (error: Error) => notifications.show({ title: "It stays put aside", message: error.message, color: "red" }),
    onSettled: refresh,
  });
  const dismiss = useMutation({
    mutationFn: ({ anomaly, why }: { anomaly: AnomalyInfo; why: string }) =>
      sendJson<MeterFact>("POST", "/anomalies/dismiss", { id: anomaly.id, meter: anomaly.meter, why }),
    onSuccess: (fact, { anomaly }) =>
      undoNotice({
        id: `anomaly-${anomaly.meter}-${anomaly.id}`,
        title: `${anomaly.name}: put aside`,
        forMs: UNDO_MS,
        onUndo: () => back.mutate({ meter: anomaly.meter, factId: fact.id }),
      }),
    onSettled: refresh,
  });
  return {
    dismiss,
    bringBack: ({ meter, dismissed }: AnomalyInfo) => {
      if (dismissed !== null) back.mutate({ meter, factId: dismissed.factId });
    },
  };
}
