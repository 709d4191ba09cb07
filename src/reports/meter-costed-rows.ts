import type { MeterConsumption } from "#analytics/meter-consumption.ts";
import type { Costs } from "./meter-costs.ts";
import type { MeterNode } from "./meter-part.ts";

/** What rows of a node cost by its prices, for as long as somebody has the rows. A whole and its only part may have rows in common. */
export class CostedRows {
  readonly #known = new WeakMap<MeterNode, WeakMap<MeterConsumption, Costs>>();

  of(node: MeterNode, rows: MeterConsumption): Costs | undefined {
    return this.#known.get(node)?.get(rows);
  }

  keep(node: MeterNode, rows: MeterConsumption, costs: Costs): Costs {
    const ofNode = this.#known.get(node) ?? new WeakMap<MeterConsumption, Costs>();
    this.#known.set(node, ofNode.set(rows, costs));
    return costs;
  }
}
