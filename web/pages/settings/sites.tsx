import { Button, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { SiteInfo } from "#contract/series.ts";
import { sendJson } from "#web/client/fetch.ts";
import { useNow } from "#web/client/live.tsx";
import { sitesQuery } from "#web/client/queries.ts";
import { useMay } from "#web/client/role.ts";
import { Card } from "#web/parts/card.tsx";
import { momentText } from "#web/parts/format-time.ts";
import { EmptyState, ErrorState, Skeleton } from "#web/parts/states.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";

/** The sites, their zones and where they are declared; a site nobody declared can be named here. */
export function Sites() {
  const sites = useQuery(sitesQuery);
  return (
    <Card title="Sites" note="declared sites are changed in their file">
      {sites.error && !sites.data && <ErrorState error={sites.error} retry={() => void sites.refetch()} />}
      {sites.isPending && <Skeleton height={96} />}
      {sites.data?.length === 0 && (
        <EmptyState sentence="No site yet. The first device makes one, or name yours under “sites:” in wattkeep.yaml." />
      )}
      {sites.data && sites.data.length > 0 && (
        <TableScroll>
          <table className="stack">
            <thead>
              <tr>
                <th>Name</th>
                <th>Time zone</th>
                <th className="n">There it is</th>
                <th>Currency</th>
                <th>Declared in</th>
              </tr>
            </thead>
            <tbody>
              {sites.data
                .toSorted((a, b) => (a.declared?.line ?? Number.MAX_VALUE) - (b.declared?.line ?? Number.MAX_VALUE))
                .map((site) => (
                  <SiteRow key={site.id} site={site} />
                ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </Card>
  );
}

function SiteRow({ site }: { site: SiteInfo }) {
  const nowMs = useNow(60_000);
  const mayName = useMay("operator");
  return (
    <tr>
      <td>
        {site.declared || !mayName ? <strong>{site.name}</strong> : <SiteName site={site} />}
        <div className="faint">
          {site.id}
          {site.demo && ", demo"}
        </div>
      </td>
      <td>{site.zone}</td>
      <td className="n" data-label="there">
        {momentText(nowMs, nowMs, { zone: site.zone })}
      </td>
      <td>{site.currency || "—"}</td>
      <td>
        {site.declared ? <code>{`${site.declared.file}:${site.declared.line}`}</code> : <span className="faint">found by itself</span>}
      </td>
    </tr>
  );
}

function SiteName({ site }: { site: SiteInfo }) {
  const queries = useQueryClient();
  const [name, setName] = useState(site.name);
  const naming = useMutation({
    mutationFn: (next: string) => sendJson<SiteInfo>("PATCH", `/sites/${encodeURIComponent(site.id)}`, { name: next }),
    onSuccess: (answer) => notifications.show({ title: "Named", message: `The site is called ${answer.name} now.` }),
    onError: (error) => notifications.show({ title: "Not named", message: error.message, color: "red" }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["sites"] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    naming.mutate(name.trim());
  };
  const changed = name.trim() !== "" && name.trim() !== site.name;
  return (
    <form className="inline-form" onSubmit={submit}>
      <TextInput
        size="xs"
        aria-label={`Name of ${site.id}`}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {changed && (
        <Button type="submit" size="xs" variant="default" loading={naming.isPending}>
          Save
        </Button>
      )}
    </form>
  );
}
