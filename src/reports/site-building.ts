import type { BuildingModel } from "#buildings/model.ts";
import type { Range, Store } from "#store/store.ts";
import type { BuildingQuestions } from "./building.ts";
import type { BuildingNow, Finding, OverrideRow, StoppedRow, ZoneDetail } from "./building-answers.ts";
import { BuildingBook } from "./building-book.ts";
import { type ComfortThen, comfortThen } from "./building-comfort.ts";
import { zoneDetail } from "./building-detail.ts";
import { byGravity, findingsOf } from "./building-findings.ts";
import { Habits } from "./building-habits.ts";
import type { JudgedZone } from "./building-judged.ts";
import { KeptAnswers } from "./building-kept.ts";
import type { JudgedMachine } from "./building-machines.ts";
import { LatestReader } from "./building-now.ts";
import { overridesIn } from "./building-overrides.ts";
import { buildingNow, machinesOf } from "./building-overview.ts";
import { BuildingScene, judgedRange, type KeptParts } from "./building-scene.ts";
import type { BuildingSettings } from "./building-settings.ts";
import { StationSilences } from "./building-silences.ts";
import { Sparks } from "./building-spark.ts";
import { SparkBands } from "./building-spark-band.ts";
import { Stills } from "./building-stills.ts";
import { stoppedRows } from "./building-stopped.ts";
import { type RowParts, Sinces } from "./building-zone-rows.ts";
import { GatheredReads } from "./gathered-reads.ts";
import { Turns } from "./turns.ts";

/** What the reports of one building stand on. */
export interface SiteBuildingParts {
  readonly store: Store;
  readonly settings: BuildingSettings;
  readonly nowMs: () => number;
}

/** So many zones are read at once: some are judged while others are read, and no more are in memory. */
const ZONES_AT_ONCE = 24;
/** Columns of air handlers are larger than answers of zones: only those of the newest ranges are kept. */
const MACHINE_RANGES = 3;

/** Answers every question about the building of one site but its peaks, each from a file of its own. */
export class BuildingOfSite implements BuildingQuestions {
  readonly settings: BuildingSettings;
  readonly #parts: SiteBuildingParts;
  readonly #book: BuildingBook;
  readonly #kept: KeptParts;
  readonly #latest: LatestReader;
  readonly #habits: Habits;
  readonly #sparks: Sparks;
  readonly #bands = new SparkBands();
  readonly #stills: Stills;
  readonly #overrides: KeptAnswers<OverrideRow[]>;
  readonly #sinces = new Sinces();

  constructor(parts: SiteBuildingParts) {
    const { store, settings } = parts;
    this.settings = settings;
    this.#parts = parts;
    this.#book = new BuildingBook(settings);
    this.#kept = {
      zones: new KeptAnswers<JudgedZone>(store),
      machines: new KeptAnswers<JudgedMachine>(store, MACHINE_RANGES),
      silences: new StationSilences(store, settings.silenceMs),
      turns: new Turns(ZONES_AT_ONCE),
      reads: new GatheredReads(store),
    };
    this.#latest = new LatestReader(store);
    this.#habits = new Habits(store, settings.silenceMs);
    this.#sparks = new Sparks(this.#kept.reads);
    this.#stills = new Stills({ reads: this.#kept.reads, store }, settings.flatMs);
    this.#overrides = new KeptAnswers(store);
  }

  async model(): Promise<BuildingModel> {
    return this.#book.at(await this.#parts.store.registry()).model;
  }

  async version(): Promise<number> {
    const { generation, seriesIds } = this.#book.at(await this.#parts.store.registry());
    const versions = await this.#parts.store.version(seriesIds);
    return versions.reduce((sum, version) => sum + version, generation);
  }

  async overview(range: Range): Promise<BuildingNow> {
    const scene = await this.#scene();
    // What is read to judge zones holds their newest values: those need not be looked for then.
    if (!this.#latest.isKnown) await scene.judged(scene.zones, await scene.reader(judgedRange(range, scene.parts.nowMs)));
    return buildingNow(range, await this.#rowParts(scene));
  }

  async zone(id: string, range: Range): Promise<ZoneDetail | undefined> {
    const parts = await this.#rowParts();
    const zone = parts.scene.zones.find((one) => one.id === id);
    return zone && zoneDetail(zone, range, parts);
  }

  async findings(range: Range): Promise<Finding[]> {
    const scene = await this.#scene();
    const reader = await scene.reader(judgedRange(range, scene.parts.nowMs));
    const machines = machinesOf(scene);
    const [zones, others] = await Promise.all([scene.judged(scene.zones, reader), scene.machines(machines, reader)]);
    const found = [
      ...scene.zones.map((zone, i) => findingsOf(zone, (zones[i] as JudgedZone).faults)),
      ...machines.map((machine, i) => findingsOf(machine, (others[i] as JudgedMachine).faults)),
    ];
    return found.flat().sort(byGravity);
  }

  /** Comfort alone, over each of some short ranges. */
  async comforts(ranges: readonly Range[]): Promise<ComfortThen[]> {
    const scene = await this.#scene();
    return Promise.all(ranges.map((range) => comfortThen(range, scene)));
  }

  async overrides(range: Range): Promise<OverrideRow[]> {
    const { page, store, versions, kept } = (await this.#scene()).parts;
    const { textsOf, generation } = page;
    return overridesIn(page.model.points, range, { store, textsOf, generation, versions, turns: kept.turns, kept: this.#overrides });
  }

  async stopped(): Promise<StoppedRow[]> {
    return stoppedRows(await this.#rowParts());
  }

  async #rowParts(given?: BuildingScene): Promise<RowParts> {
    const scene = given ?? (await this.#scene());
    const { page, versions, settings } = scene.parts;
    const latest = await this.#latest.read(page, versions, settings.ranked);
    return { scene, latest, habits: this.#habits, sparks: this.#sparks, bands: this.#bands, stills: this.#stills, sinces: this.#sinces };
  }

  /** Versions are read before anything else: what changes meanwhile is noticed by the next question. */
  async #scene(): Promise<BuildingScene> {
    const { store, settings, nowMs } = this.#parts;
    const page = this.#book.at(await store.registry());
    const versions = await store.version(page.seriesIds);
    return new BuildingScene({
      store,
      settings,
      page,
      versions: new Map(page.seriesIds.map((id, i) => [id, versions[i] as number])),
      nowMs: nowMs(),
      kept: this.#kept,
    });
  }
}
