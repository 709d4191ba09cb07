import { useNow } from "#web/client/live.tsx";
import { ageText, fullText } from "./format-time.ts";

/** How long ago something was; ticks with every other age on the page. The title says when, with the zone. */
export function AgeText({ tMs, zone, ago = false }: { tMs: number; zone?: string | undefined; ago?: boolean }) {
  const nowMs = useNow();
  return (
    <time dateTime={new Date(tMs).toISOString()} title={fullText(tMs, { zone })}>
      {ageText(nowMs - tMs)}
      {ago && " ago"}
    </time>
  );
}
