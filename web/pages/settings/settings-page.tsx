import "./settings.css";
import { useQuery } from "@tanstack/react-query";
import { healthQuery, sessionQuery, sitesQuery } from "#web/client/queries.ts";
import { Answer } from "#web/parts/card.tsx";
import { bytesText, countText } from "#web/parts/format-number.ts";
import { About } from "./about.tsx";
import { Appearance } from "./appearance.tsx";
import { PairingCard } from "./pairing-card.tsx";
import { SessionCard } from "./session-card.tsx";
import { Sites } from "./sites.tsx";
import { SourcesSummary } from "./sources-summary.tsx";
import { Tokens } from "./tokens.tsx";

/** What can be set on a page; what the configuration declares is shown with its place in the file. */
export function SettingsPage() {
  const sites = useQuery(sitesQuery).data;
  const health = useQuery(healthQuery).data;
  const session = useQuery(sessionQuery).data;
  return (
    <>
      <Answer sentence={sentence(sites?.length, session?.role ?? undefined)} evidence={evidence(health)} />
      <div className="settings-grid">
        <div className="grid">
          <Sites />
          <Tokens />
          <SourcesSummary />
        </div>
        <div className="grid">
          {session && <SessionCard session={session} />}
          <PairingCard />
          <Appearance />
          <About />
        </div>
      </div>
    </>
  );
}

function sentence(sites: number | undefined, role: string | undefined): string {
  const watched = sites === undefined ? "Wattkeep" : `Wattkeep watches ${countText(sites)} ${sites === 1 ? "site" : "sites"}`;
  return role === undefined ? `${watched}.` : `${watched}; you are here as ${role}.`;
}

function evidence(health: { version: string; store: { samples: number; fileBytes: number } } | undefined): string[] {
  if (!health) return ["\u00a0"];
  return [`Version ${health.version}`, `${countText(health.store.samples)} samples`, `${bytesText(health.store.fileBytes)} on disk`];
}
