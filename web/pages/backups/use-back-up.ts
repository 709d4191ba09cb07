import { notifications } from "@mantine/notifications";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { BackupsAnswer } from "#contract/backups.ts";
import type { RunJobAnswer } from "#contract/jobs.ts";
import { getJson, sendJson } from "#web/client/fetch.ts";

const RUNNING_MS = 1_000;
const RESTING_MS = 15_000;

export const backupsQuery = queryOptions({
  queryKey: ["backups"],
  queryFn: ({ signal }) => getJson<BackupsAnswer>("/backups", { signal }),
  refetchInterval: (query) => (query.state.data?.running ? RUNNING_MS : RESTING_MS),
});

/** Has a backup made now; the page follows it because it looks more often while one is under way. */
export function useBackUp() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => sendJson<RunJobAnswer>("POST", "/jobs/backup/run"),
    onError: (error) => notifications.show({ title: "The backup was not started", message: error.message, color: "red" }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["backups"] }),
  });
}
