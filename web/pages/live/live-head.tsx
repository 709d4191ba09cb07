import { useLive, useNow } from "#web/client/live.tsx";
import { Answer } from "#web/parts/card.tsx";
import { clockText } from "#web/parts/format-time.ts";
import { answerSentence, countStates, countsText } from "./answer.ts";
import type { Section } from "./live-point.ts";

/** The answer and its evidence; counted anew once a second. */
export function LiveHead({ sections }: { sections: readonly Section[] }) {
  const { store } = useLive();
  const nowMs = useNow();
  const zones = new Set(sections.map((section) => section.site.zone));
  const zone = zones.size === 1 ? sections[0]?.site.zone : undefined;
  return (
    <Answer
      sentence={answerSentence(sections, store.get, nowMs)}
      evidence={[clockText(nowMs, { zone }), countsText(countStates(sections, store.get, nowMs))]}
    />
  );
}
