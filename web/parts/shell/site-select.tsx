import { Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { sitesQuery } from "#web/client/queries.ts";
import { Icon } from "#web/parts/icon.tsx";

/** The site the pages speak of; kept in the address, so a shared link shows the same. */
export function SiteSelect() {
  const sites = useQuery(sitesQuery).data ?? [];
  const { site: chosen } = useSearch({ strict: false });
  const navigate = useNavigate();
  const choose = (site: string | undefined) => void navigate({ to: ".", search: (before) => ({ ...before, site }) });
  const name = sites.find((site) => site.id === chosen)?.name ?? chosen ?? "All sites";
  if (sites.length === 1 && chosen === undefined) {
    return (
      <span className="ctl site">
        <span className="words">{sites[0]?.name}</span>
      </span>
    );
  }
  return (
    <Menu position="bottom-start" offset={4} withinPortal>
      <Menu.Target>
        <button type="button" className="ctl site" aria-label={`Site: ${name}`}>
          <span className="words">{name}</span>
          <Icon name="down" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item data-chosen={chosen === undefined} onClick={() => choose(undefined)}>
          All sites
        </Menu.Item>
        {sites.map((site) => (
          <Menu.Item key={site.id} data-chosen={site.id === chosen} onClick={() => choose(site.id)}>
            {site.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
