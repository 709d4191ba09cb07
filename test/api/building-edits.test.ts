import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type BuildingPointsAnswer, buildingFactSchema } from "#contract/building-points.ts";
import { BOX, type BuildingHouse, openBuildingHouse, SITE } from "./building-house.ts";
import { get } from "./house.ts";
import { ask } from "./meter-house.ts";

const V1 = `/buildings/${SITE}`;
const REHEAT = "ams-shop-vav-1-01-reheat";
const DAMPER = "ams-shop-vav-1-01-damper-position";

let house: BuildingHouse;
beforeEach(async () => {
  house = await openBuildingHouse({
    settings: {
      decisions: [{ point: DAMPER, role: "damper-command", from: "file" }],
      equipment: [{ equipment: "vav-1-01", floor: "1", from: "file" }],
    },
  });
  await house.hear(...BOX);
});
afterEach(() => house.close());

const pointNow = async (id: string) => {
  const { points } = (await get(house, `/api/v1${V1}/points`)).json() as BuildingPointsAnswer;
  return points.find(({ point }) => point === id);
};
const code = ({ json }: { json: { error?: { code: string } } }) => json.error?.code;

describe("a decision about a history", () => {
  test("holds at once, says who made it, and is taken back by its id", async () => {
    const before = await pointNow(REHEAT);
    expect(before).toMatchObject({ role: "reheat", decision: null });
    const said = await ask(house, "PUT", `${V1}/points/${REHEAT}`, { role: "heating-valve" });
    expect(said.status).toBe(200);
    expect(buildingFactSchema.parse(said.json)).toEqual(said.json);
    expect(said.json).toMatchObject({ site: SITE, point: REHEAT, name: "building-point", value: '{"role":"heating-valve"}' });
    expect(await pointNow(REHEAT)).toMatchObject({
      role: "heating-valve",
      roleEvidence: { confidence: 1 },
      decision: { role: "heating-valve", equipment: null, from: "page", who: said.json.who, factId: said.json.id },
    });
    const undone = await ask(house, "DELETE", `${V1}/facts/${said.json.id}`);
    expect(undone.json).toMatchObject({ id: said.json.id, undoneMs: house.nowMs });
    expect((await ask(house, "DELETE", `${V1}/facts/${said.json.id}`)).json).toEqual(undone.json);
    expect(await pointNow(REHEAT)).toEqual(before);
    const { edits } = (await ask(house, "GET", "/edits")).json;
    expect(edits.map((edit: { id: number }) => edit.id)).toContain(said.json.id);
  });

  test("can say that it has no role, move it to other equipment, and go back to what is guessed", async () => {
    await ask(house, "PUT", `${V1}/points/${REHEAT}`, { role: "none" });
    expect((await pointNow(REHEAT))?.role).toBeNull();
    await ask(house, "PUT", `${V1}/points/${REHEAT}`, { equipment: "RTU 1" });
    expect(await pointNow(REHEAT)).toMatchObject({ equipment: "rtu-1", decision: { equipment: "RTU 1", role: null } });
    await ask(house, "PUT", `${V1}/points/${REHEAT}`, { role: null });
    expect(await pointNow(REHEAT)).toMatchObject({ role: "reheat", equipment: "vav-1-01", decision: null });
  });

  test("of what the file says is refused, of the rest it holds", async () => {
    expect(await pointNow(DAMPER)).toMatchObject({ role: "damper-command", decision: { from: "file", who: null, factId: null } });
    const refused = await ask(house, "PUT", `${V1}/points/${DAMPER}`, { role: "damper-position" });
    expect([refused.status, code(refused)]).toEqual([409, "decided-in-file"]);
    expect(refused.json.error.sentence).toContain("`buildings.shop.points`");
    expect((await ask(house, "PUT", `${V1}/points/${DAMPER}`, { equipment: "rtu-1" })).status).toBe(200);
    expect(await pointNow(DAMPER)).toMatchObject({ role: "damper-command", equipment: "rtu-1" });
  });

  test.each([
    ["PUT", `${V1}/points/nothing`, { role: "flow" }, 404, "unknown-point"],
    ["PUT", "/buildings/elsewhere/points/x", { role: "flow" }, 404, "unknown-building"],
    ["PUT", `${V1}/points/${REHEAT}`, { role: "warmth" }, 422, "decision-unusable"],
    ["PUT", `${V1}/points/${REHEAT}`, { equipment: "!!!" }, 422, "decision-unusable"],
    ["PUT", `${V1}/points/${REHEAT}`, { equipment: "a\u0000b" }, 422, "decision-unusable"],
    ["PUT", `${V1}/points/${REHEAT}`, { rolle: "flow" }, 400, "bad-request"],
    ["PUT", `${V1}/points/${REHEAT}`, "nonsense", 400, "bad-request"],
    ["DELETE", `${V1}/facts/4711`, undefined, 404, "unknown-edit"],
    ["DELETE", `${V1}/facts/x`, undefined, 400, "bad-request"],
  ] as const)("%s %s is refused in a sentence", async (method, path, body, status, expected) => {
    const answer = await ask(house, method, path, body);
    expect([answer.status, code(answer)]).toEqual([status, expected]);
  });
});

describe("a decision about equipment", () => {
  const zone = async () => (await ask(house, "GET", `${V1}/equipment/vav-1-01`)).json.equipment[0].equipment;

  test("names it, says which air handler serves it, and is taken back", async () => {
    const said = await ask(house, "PUT", `${V1}/equipment/vav-1-01`, { name: "Lobby", servedBy: "rtu-1" });
    expect(said.json).toMatchObject({ point: "", name: "building-equipment" });
    expect(await zone()).toMatchObject({ name: "Lobby", servedBy: "rtu-1", servedEvidence: { confidence: 1 } });
    await ask(house, "DELETE", `${V1}/facts/${said.json.id}`);
    expect(await zone()).toMatchObject({ name: "VAV 1-01" });
  });

  test.each([
    [`${V1}/equipment/vav-9-99`, { name: "x" }, 404, "unknown-equipment"],
    [`${V1}/equipment/vav-1-01`, { servedBy: "ahu-9" }, 422, "decision-unusable"],
    [`${V1}/equipment/vav-1-01`, { name: "\u001b[31m red" }, 422, "decision-unusable"],
    [`${V1}/equipment/vav-1-01`, { floor: "1\u0007" }, 422, "decision-unusable"],
    [`${V1}/equipment/vav-1-01`, { servedBy: "vav-1-01" }, 422, "decision-unusable"],
    [`${V1}/equipment/vav-1-01`, { floor: "2" }, 409, "decided-in-file"],
  ])("%s %o is refused: %i %s", async (path, body, status, expected) => {
    const answer = await ask(house, "PUT", path, body);
    expect([answer.status, code(answer)]).toEqual([status, expected]);
  });
});

test("who may only look decides nothing", async () => {
  await house.close();
  house = await openBuildingHouse({ config: { loopbackOpen: false, anonymous: [{ role: "viewer", from: "127.0.0.1/32" }] } });
  await house.hear(...BOX);
  expect((await ask(house, "GET", `${V1}/points`)).status).toBe(200);
  for (const [method, path] of [
    ["PUT", `${V1}/points/${REHEAT}`],
    ["PUT", `${V1}/equipment/vav-1-01`],
    ["DELETE", `${V1}/facts/1`],
  ] as const) {
    const answer = await ask(house, method, path, method === "PUT" ? {} : undefined);
    expect([path, answer.status, code(answer)]).toEqual([path, 403, "forbidden"]);
  }
});
