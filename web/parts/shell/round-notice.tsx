import { Link } from "@tanstack/react-router";
import { roundLeft } from "#web/client/round-left.ts";
import { countText } from "#web/parts/format-number.ts";
import { usePagePath } from "./page-path.ts";

/** Says on every other page that readings of a round did not arrive yet: they are sent from the page Round. */
export function RoundNotice() {
  const path = usePagePath();
  const left = path === "/round" ? 0 : roundLeft();
  if (left === 0) return null;
  return (
    <div className="away">
      <strong>{left === 1 ? "A reading of the round waits" : `${countText(left)} readings of the round wait`} on this device.</strong>
      <Link to="/round" className="link">
        Send {left === 1 ? "it" : "them"}
      </Link>
    </div>
  );
}
