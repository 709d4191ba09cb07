import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { AlertInfo, AlertRule, AlertRuleInfo, ChannelTestAnswer } from "#contract/alerts.ts";
import { sendJson } from "#web/client/fetch.ts";
import { momentText } from "#web/parts/format-time.ts";
import { undoNotice } from "#web/parts/undo-notice.tsx";

const UNDO_MS = 10_000;

const rulePath = (id: string): string => `/alerts/rules/${encodeURIComponent(id)}`;
const refused = (title: string) => (error: Error) => notifications.show({ title, message: error.message, color: "red" });

/** What a person does about alerts and rules; pages that show them are asked again after each. */
export function useAlertActs() {
  const queries = useQueryClient();
  const refresh = () =>
    Promise.all([queries.invalidateQueries({ queryKey: ["alerts"] }), queries.invalidateQueries({ queryKey: ["alert-rules"] })]);
  const put = useMutation({
    mutationFn: (rule: AlertRule) => sendJson<AlertRuleInfo>("PUT", rulePath(rule.id), rule),
    onSettled: refresh,
  });
  const remove = useMutation({ mutationFn: (id: string) => sendJson<unknown>("DELETE", rulePath(id)), onSettled: refresh });
  const muting = useMutation({
    mutationFn: ({ id, untilMs }: { id: string; untilMs: number | null }) =>
      sendJson<AlertRuleInfo>("POST", `${rulePath(id)}/mute`, { untilMs }),
    onSettled: refresh,
  });
  const open = useMutation({
    mutationFn: (alert: AlertInfo) => sendJson<AlertInfo>("DELETE", `/alerts/${alert.id}/acknowledge`),
    onError: refused("The acknowledgement stays"),
    onSettled: refresh,
  });
  const acknowledge = useMutation({
    mutationFn: (alert: AlertInfo) => sendJson<AlertInfo>("POST", `/alerts/${alert.id}/acknowledge`),
    onError: refused("It was not acknowledged"),
    onSuccess: (_, alert) =>
      undoNotice({
        id: `alert-${alert.id}`,
        title: "Acknowledged: it is not told again while it lasts",
        forMs: UNDO_MS,
        onUndo: () => open.mutate(alert),
      }),
    onSettled: refresh,
  });

  // Promises instead of callbacks: the row that was pressed may be gone when the answer comes.
  const undo = (work: Promise<unknown>) => void work.catch(refused("It could not be undone"));

  /** Saves at once; for ten seconds there is a way back to what was before. */
  const save = async (rule: AlertRule, before: AlertRule | undefined) => {
    await put.mutateAsync(rule);
    undoNotice({
      id: `rule-${rule.id}`,
      title: before === undefined ? `“${rule.name}” is watched now` : `“${rule.name}” is changed`,
      forMs: UNDO_MS,
      onUndo: () => undo(before === undefined ? remove.mutateAsync(rule.id) : put.mutateAsync(before)),
    });
  };
  const drop = (rule: AlertRule) => {
    const dropped = () =>
      undoNotice({
        id: `rule-${rule.id}`,
        title: `“${rule.name}” is deleted`,
        forMs: UNDO_MS,
        onUndo: () => undo(put.mutateAsync(rule)),
      });
    remove.mutateAsync(rule.id).then(dropped, refused(`“${rule.name}” was not deleted`));
  };
  const mute = ({ id, name }: { id: string; name: string }, untilMs: number | null) => {
    const muted = () =>
      untilMs === null
        ? notifications.show({ title: `“${name}” tells again`, message: "Its channels hear of it from now on." })
        : undoNotice({
            id: `mute-${id}`,
            title: `“${name}” is muted until ${momentText(untilMs, Date.now())}`,
            forMs: UNDO_MS,
            onUndo: () => undo(muting.mutateAsync({ id, untilMs: null })),
          });
    muting.mutateAsync({ id, untilMs }).then(muted, refused("Nothing was muted"));
  };
  return { save, saving: put.isPending, drop, mute, acknowledge };
}

/** Sends a real message through a channel, and keeps what came of it. */
export function useChannelTest(name: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => sendJson<ChannelTestAnswer>("POST", `/alerts/channels/${encodeURIComponent(name)}/test`),
    onSettled: () => queries.invalidateQueries({ queryKey: ["alert-rules"] }),
  });
}
