import type { Range } from "#store/store.ts";
import type { ConsumptionAnswer, Grid } from "./meter-answers.ts";
import { nothingKnown } from "./meter-figures.ts";
import { edgesOf, passed } from "./meter-grid.ts";
import type { MeterNode } from "./meter-part.ts";
import type { MeterScene } from "./meter-scene.ts";

/** What a meter used in a range, row by row; rows end now. */
export async function consumptionAnswer(
  scene: MeterScene,
  node: MeterNode,
  { by, ...asked }: Range & { readonly by: Grid },
): Promise<ConsumptionAnswer> {
  const { unit } = node.settings;
  const range = passed(asked, scene);
  if (range === undefined) return { unit, by, ...NOTHING, total: nothingKnown(asked) };
  const edgesMs = await edgesOf(scene, node, { range, by });
  const [rows, register, total] = await Promise.all([node.consumption(edgesMs), node.register(edgesMs), scene.figure(node, range)]);
  const costs = await scene.costs(node, rows);
  return {
    ...{ unit, by, rows, register, total },
    get cost() {
      return costs();
    },
  };
}

/** The same of a meter that cannot be derived. */
export function nothingConsumed(unit: string, { by, ...range }: Range & { readonly by: Grid }): ConsumptionAnswer {
  return { unit, by, ...NOTHING, total: nothingKnown(range) };
}

const EMPTY = new Float64Array(0);
const NOTHING = {
  rows: { edgesMs: EMPTY, amount: EMPTY, measured: EMPTY, missingMs: EMPTY, flags: new Uint16Array(0) },
  register: EMPTY,
  cost: [],
};
