import { useLive, useNow } from "#web/client/live.tsx";
import { momentText } from "#web/parts/format-time.ts";
import { isWorthSaying } from "./away.ts";

/** Says that the server is away, and since when; a blink of the network is not mentioned. */
export function AwayNotice() {
  const { store, connection, polling } = useLive();
  const nowMs = useNow();
  if (polling || !isWorthSaying(connection, Date.now())) return <div role="status" />;
  return (
    <div className="away" role="status">
      <strong>
        {store.version() > 0
          ? `Connection lost since ${momentText(connection.sinceMs, nowMs)}; numbers are getting old.`
          : `The server has not answered since ${momentText(connection.sinceMs, nowMs)}.`}
      </strong>
      <span>Trying again by itself.</span>
    </div>
  );
}
