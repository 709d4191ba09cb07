import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { BuildingFact, PointDecision } from "#contract/building-points.ts";
import { buildingPath } from "#web/client/building-queries.ts";
import { sendJson } from "#web/client/fetch.ts";
import { undoNotice } from "#web/parts/undo-notice.tsx";

const UNDO_MS = 12_000;

/** Says what a history is, and takes it back; every answer of the building follows. */
export function useDecision(site: string) {
  const client = useQueryClient();
  const follow = () => client.invalidateQueries({ queryKey: ["buildings", site] });
  const takeBack = useMutation({
    mutationFn: (fact: number) => sendJson<BuildingFact>("DELETE", buildingPath(site, "facts", fact)),
    onSuccess: follow,
  });
  const say = useMutation({
    mutationFn: ({ point, said }: { point: string; name: string; said: PointDecision }) =>
      sendJson<BuildingFact>("PUT", buildingPath(site, "points", point), said),
    async onSuccess({ id }, { point, name }) {
      undoNotice({ id: `point-${point}`, title: `${name} is now as you said`, forMs: UNDO_MS, onUndo: () => takeBack.mutate(id) });
      await follow();
    },
  });
  return { say, takeBack };
}
