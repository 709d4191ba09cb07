import { useLive, useNow } from "#web/client/live.tsx";
import { momentText } from "#web/parts/format-time.ts";
import { isWorthSaying } from "./away.ts";

/** Says that the server is away, and since when; a blink of the network is not mentioned. */
export function AwayNotice() {
  const { connection, polling } = useLive();
  const nowMs = useNow();
  if (polling || !isWorthSaying(connection, Date.now())) return <div role="status" />;
  return (
    <div className="away" role="status">
      <strong>Connection lost since {momentText(connection.sinceMs, nowMs)}; numbers are getting old.</strong>
      <span>Trying again by itself, attempt {connection.attempts + 1}.</span>
    </div>
  );
}
