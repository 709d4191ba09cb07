import { useSearch } from "@tanstack/react-router";
import { EmptyState } from "./states.tsx";

/** In place of a plant's page where the house has no plant that fits: what to write into the configuration. */
export function NoPlant() {
  const { site } = useSearch({ strict: false });
  return (
    <EmptyState
      page
      sentence={
        site === undefined
          ? "No metered plant yet. It appears with the first message of a pulse counter, or with a point that has pulses or a tariff in the configuration."
          : `No metered plant at ${site}. Choose another site above, or give one of its points pulses or a tariff in the configuration.`
      }
    >
      <code>npm start -- --config examples/plant/wattkeep.yaml</code>
    </EmptyState>
  );
}
