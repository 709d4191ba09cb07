import { describe, expect, it } from "vitest";
import { answerSentence, countStates, countsText } from "./answer.ts";
import { latestIn, NOW, point, sections, series, site, value } from "./fixture.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");
const PLANT = "plant/main/power@kyz";
const HOME = "home/grid/power@tasmota";
const CHILLER = "plant/chiller/power@kyz";

const two = sections(
  [site("home", "Birkenweg 4", 9), site("plant", "Mill Road plant", 3)],
  [
    point("plant/chiller", "Chiller 1", [CHILLER]),
    point("plant/main", "Main demand, live", [PLANT]),
    point("home/grid", "Grid exchange", [HOME]),
  ],
  [series(PLANT), series(CHILLER), series(HOME, { unit: "W" })],
);
const values = [value(PLANT, 388.4), value(CHILLER, 71.2), value(HOME, -1418)];
const said = (all = values) => plain(answerSentence(two, latestIn(all), NOW));

describe("the answer", () => {
  it("says what each site draws or exports through its main meter", () => {
    expect(said()).toBe("Mill Road plant draws 388 kW, Birkenweg 4 exports 1.42 kW; all 3 points are fresh.");
  });

  it("counts the points that need a look", () => {
    expect(said([value(PLANT, 388.4), value(HOME, -1418)])).toBe(
      "Mill Road plant draws 388 kW, Birkenweg 4 exports 1.42 kW; 1 of 3 points needs a look.",
    );
  });

  it("does not speak of an old number as if it were now", () => {
    const late = [value(PLANT, 388.4, { tMs: NOW - 14 * 60_000 }), values[1] ?? value(CHILLER, 1), value(HOME, -1418)];
    expect(said(late)).toBe("Mill Road plant drew 388 kW 14 min ago, Birkenweg 4 exports 1.42 kW; 1 of 3 points needs a look.");
  });

  it("says nothing of a site whose main meter is silent", () => {
    expect(said([value(CHILLER, 71), value(HOME, 250)])).toBe("Birkenweg 4 draws 250 W; 1 of 3 points needs a look.");
  });

  it("takes the utility's meter for the house where nothing is called main", () => {
    const house = sections(
      [site("home", "Birkenweg 4")],
      [
        point("home/fridge", "fridge", ["home/fridge/power@p"]),
        point("home/mt681", "MT681", ["home/mt681/power@t", "home/mt681/energy-import@t"]),
      ],
      [
        series("home/fridge/power@p", { unit: "W" }),
        series("home/mt681/power@t", { unit: "W" }),
        series("home/mt681/energy-import@t", { kind: "counter" }),
      ],
    );
    const all = [value("home/fridge/power@p", 81), value("home/mt681/power@t", -1600)];
    expect(plain(answerSentence(house, latestIn(all), NOW))).toBe("Birkenweg 4 exports 1.60 kW; all 2 points are fresh.");
  });

  it("does not take one of several loads for the whole house", () => {
    const loads = sections(
      [site("plant", "Plant")],
      [point("plant/chiller", "Chiller 1", [CHILLER]), point("plant/paint", "Compressor house", ["plant/paint/power@kyz"])],
      [series(CHILLER), series("plant/paint/power@kyz")],
    );
    expect(answerSentence(loads, latestIn([value(CHILLER, 71), value("plant/paint/power@kyz", 5)]), NOW)).toBe("All 2 points are fresh.");
  });
});

describe("the evidence", () => {
  it("names only the states that occur", () => {
    const counts = countStates(two, latestIn([value(PLANT, 1), value(HOME, 1, { quality: 1 })]), NOW);
    expect(countsText(counts)).toBe("1 fresh, 1 suspect, 1 missing");
  });
});

describe("the order of cards", () => {
  it("has the sites as their owner wrote them down", () => {
    expect(two.map((section) => section.site.id)).toEqual(["plant", "home"]);
  });

  it("has the main meter first, and diagnostics nowhere", () => {
    const house = sections(
      [site("home", "House")],
      [
        point("home/air", "Air", ["home/air/temperature@x"], { medium: "climate" }),
        point("home/fridge", "Fridge", ["home/fridge/power@x"]),
        point("home/main", "Main meter", ["home/main/power@x", "home/main/signal-strength@x"]),
      ],
      [
        series("home/air/temperature@x", { medium: "climate" }),
        series("home/fridge/power@x"),
        series("home/main/power@x"),
        series("home/main/signal-strength@x", { diagnostic: true }),
      ],
    );
    expect(house[0]?.points.map((one) => one.name)).toEqual(["Main meter", "Fridge", "Air"]);
    expect(house[0]?.points[0]?.others).toEqual([]);
  });
});

describe("a market", () => {
  it("is told by its demand, wherever that stands", () => {
    const nem = sections(
      [site("nem", "NEM market")],
      [
        point("nem/nem", "NEM", ["nem/nem/spot-price@m", "nem/nem/market-demand@m"], { medium: "price" }),
        point("nem/a", "A", ["nem/a/power@m"]),
        point("nem/b", "B", ["nem/b/power@m"]),
      ],
      [
        series("nem/nem/spot-price@m", { kind: "price", medium: "price" }),
        series("nem/nem/market-demand@m", { unit: "MW" }),
        series("nem/a/power@m"),
        series("nem/b/power@m"),
      ],
    );
    const all = [
      value("nem/nem/spot-price@m", 48),
      value("nem/nem/market-demand@m", 20_059),
      value("nem/a/power@m", 1),
      value("nem/b/power@m", 2),
    ];
    expect(plain(answerSentence(nem, latestIn(all), NOW))).toBe("NEM market needs 20,059 MW; all 3 points are fresh.");
  });
});
