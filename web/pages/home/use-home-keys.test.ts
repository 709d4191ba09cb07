import { expect, it } from "vitest";
import { homeKeys } from "./use-home-keys.ts";
import type { HomeView } from "./use-home-view.ts";

/** A view and a chart that write down what they are told. */
function listening(selection?: { fromMs: number; toMs: number }) {
  const told: string[] = [];
  const view: HomeView = {
    span: { fromMs: 0, toMs: 10 },
    view: "day",
    selection,
    follow: true,
    nowMs: 10,
    table: false,
    setSpan: ({ fromMs, toMs }) => told.push(`span ${fromMs} ${toMs}`),
    setView: (name) => told.push(`view ${name}`),
    setSelection: (span) => told.push(`selection ${span === undefined ? "none" : "some"}`),
    setTable: () => told.push("table"),
    reset: () => told.push("reset"),
  };
  const chart = {
    current: {
      pan: (share: number) => told.push(`pan ${share}`),
      zoom: (factor: number) => told.push(`zoom ${factor < 1 ? "in" : "out"}`),
      png: async () => undefined,
    },
  };
  const keys = homeKeys({ view, chart, refresh: () => told.push("refresh") });
  return {
    told,
    press: (...names: string[]) => {
      for (const name of names) keys[name]?.();
    },
  };
}

it("chooses hour, day, week, month and year by 1 to 5, and refreshes by R", () => {
  const { told, press } = listening();
  press("1", "2", "3", "4", "5", "6", "r");
  expect(told).toEqual(["view hour", "view day", "view week", "view month", "view year", "refresh"]);
});

it("takes Esc first for the selection, then for the window", () => {
  const chosen = listening({ fromMs: 1, toMs: 2 });
  chosen.press("escape");
  expect(chosen.told).toEqual(["selection none"]);
  const bare = listening();
  bare.press("escape", "enter");
  expect(bare.told).toEqual(["reset"]);
});

it("zooms into the selection by Enter, pans by arrows, and zooms by plus and minus", () => {
  const { told, press } = listening({ fromMs: 1, toMs: 2 });
  press("enter", "arrowleft", "arrowright", "+", "-");
  expect(told).toEqual(["span 1 2", "pan -0.25", "pan 0.25", "zoom in", "zoom out"]);
});
