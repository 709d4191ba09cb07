import { NeedsList } from "#web/parts/needs-list.tsx";
import type { HomeLook } from "./home-look.ts";

/** What is not set yet, in words; nothing where everything is. */
export function Needs({ look: { home } }: { look: HomeLook }) {
  const needs = [
    ...home.needs,
    ...(home.wholeKwh
      ? ["This meter sends whole kWh and no power: enter its PIN at the meter to see more, power is worked out until then."]
      : []),
  ];
  return <NeedsList needs={needs} />;
}
