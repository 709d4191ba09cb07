import { expect, it } from "vitest";
import { judgingSentences } from "./judging-sentences.ts";

it("what a meter can use at most is told in three figures, and readings in all of theirs", () => {
  expect(judgingSentences.implausibleLast(73551.82, 66196.638, 566.245444)).toContain(
    "73551.82 is 66196.638 more than the reading before; by its past this meter uses at most 566 in that time.",
  );
  expect(judgingSentences.implausibleJump(14.088521, 5.00001)).toContain("rose by 14.088521 where by its past at most 5 is likely");
});
