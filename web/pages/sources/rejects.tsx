import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { RedriveAnswer } from "#contract/sources.ts";
import { sendJson } from "#web/client/fetch.ts";
import { rejectsQuery } from "#web/client/queries.ts";
import { useMay } from "#web/client/role.ts";
import { Card } from "#web/parts/card.tsx";
import { Icon } from "#web/parts/icon.tsx";
import { ErrorState, Skeleton } from "#web/parts/states.tsx";
import { Choice } from "./choice.tsx";
import { RejectRows } from "./reject-rows.tsx";
import { redriveText } from "./words.ts";

const PAGE = 50;
const MOST = 500;

/** What could not become a reading: why, the original bytes, and a way to try again after a fix. */
export function Rejects({ sources }: { sources: readonly string[] }) {
  const { source, code } = useSearch({ strict: false });
  const navigate = useNavigate();
  const [limit, setLimit] = useState(PAGE);
  const chosen = { ...(source ? { source } : {}), ...(code ? { code } : {}) };
  const query = useQuery(rejectsQuery({ ...chosen, open: true, limit }));
  const redrive = useRedrive();
  const mayRedrive = useMay("operator");
  const rejects = query.data?.rejects ?? [];
  const choose = (change: { source?: string | undefined; code?: string | undefined }) =>
    void navigate({ to: ".", search: (before) => ({ ...before, ...change }), replace: true });
  const codes = [...new Set([...rejects.map((reject) => reject.code), ...(code ? [code] : [])])].toSorted();

  return (
    <Card title="Rejected" note="kept with their bytes until they can be read" id="rejects">
      <div className="reject-tools">
        <Choice label="Source" value={source} options={sources} onChange={(value) => choose({ source: value })} />
        <Choice label="Reason" value={code} options={codes} onChange={(value) => choose({ code: value })} />
        {rejects.length > 0 && mayRedrive && (
          <Button
            variant="default"
            size="xs"
            leftSection={<Icon name="redo" />}
            loading={redrive.isPending}
            onClick={() => redrive.mutate(query.data?.more ? chosen : { ids: rejects.map((reject) => reject.id) })}
          >
            Read all of these again
          </Button>
        )}
      </div>
      {query.error && !query.data && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={120} />}
      {query.data && rejects.length === 0 && (
        <p className="muted">
          {source || code ? "Nothing of this kind is rejected." : "Nothing is rejected: everything received could be read."}
        </p>
      )}
      {rejects.length > 0 && (
        <RejectRows rejects={rejects} busy={redrive.isPending} onRedrive={mayRedrive ? (id) => redrive.mutate({ ids: [id] }) : undefined} />
      )}
      {query.data?.more && limit < MOST && (
        <button type="button" className="link" onClick={() => setLimit(Math.min(MOST, limit * 2))}>
          Show more
        </button>
      )}
    </Card>
  );
}

function useRedrive() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (choice: { ids?: number[]; source?: string; code?: string }) => sendJson<RedriveAnswer>("POST", "/rejects/redrive", choice),
    onSuccess: (answer) => notifications.show({ title: "Read again", message: redriveText(answer) }),
    onError: (error) => notifications.show({ title: "Not read again", message: error.message, color: "red" }),
    onSettled: () => {
      for (const queryKey of [["rejects"], ["ledger"], ["health"]]) void queries.invalidateQueries({ queryKey });
    },
  });
}
