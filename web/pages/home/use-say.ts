import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { HomeFact } from "#contract/home.ts";
import { sendJson } from "#web/client/fetch.ts";
import { homePath } from "#web/client/home-queries.ts";
import { undoNotice } from "#web/parts/undo-notice.tsx";

const UNDO_MS = 10_000;

export interface Saying {
  readonly path: "prices" | "instalments" | "events";
  readonly body: object;
  /** What was said, in words: the title of the notice that offers the way back. */
  readonly title: string;
}

/** Says something about a home, and takes it back: prices, instalments, and what an event of the register was. */
export function useSay(home: string) {
  const queries = useQueryClient();
  const renew = () =>
    Promise.all([queries.invalidateQueries({ queryKey: ["homes"] }), queries.invalidateQueries({ queryKey: ["home", home] })]);
  const takeBack = useMutation({
    mutationFn: (factId: number) => sendJson<HomeFact>("DELETE", homePath(home, "facts", factId)),
    onError: (error) => notifications.show({ title: "It could not be taken back", message: error.message, color: "red" }),
    onSettled: renew,
  });
  const say = useMutation({
    mutationFn: ({ path, body }: Saying) => sendJson<HomeFact>("POST", homePath(home, path), body),
    onSuccess: (fact, { title }) => undoNotice({ id: `fact-${fact.id}`, title, forMs: UNDO_MS, onUndo: () => takeBack.mutate(fact.id) }),
    onSettled: renew,
  });
  return { say, takeBack };
}
