import type { Fact, Registry } from "#sites/registry.ts";
import type { Range, Store } from "#store/store.ts";
import { anomalyRows } from "./meter-anomaly-rows.ts";
import type {
  AnomalyRow,
  ConsumptionAnswer,
  Expectation,
  Grid,
  Lineage,
  MeterDetail,
  MeterProfile,
  MeterSummary,
  ReadingRow,
} from "./meter-answers.ts";
import { meterBook } from "./meter-book.ts";
import { consumptionAnswer, nothingConsumed } from "./meter-consumed.ts";
import { meterDetail } from "./meter-detail.ts";
import { expectationAt } from "./meter-expectation.ts";
import { factsAsKnown } from "./meter-facts.ts";
import { MeterLedger } from "./meter-ledger.ts";
import { lineageOf } from "./meter-lineage.ts";
import type { MeterNode } from "./meter-part.ts";
import { withProblems } from "./meter-problems.ts";
import { profileOf } from "./meter-profile.ts";
import { readingRows } from "./meter-reading-rows.ts";
import type { MeterSite } from "./meter-sayings.ts";
import { MeterScene } from "./meter-scene.ts";
import type { MeterSettings, SiteMeters } from "./meter-settings.ts";
import { meterSummary } from "./meter-summary.ts";
import type { AsKnown, MeterReports } from "./meters.ts";

/** Whose meters they are, where what they counted is kept, and the clock. */
export interface SiteMetersParts {
  readonly store: Store;
  readonly site: MeterSite;
  readonly registry: Registry;
  readonly nowMs: () => number;
}

/** Answers every question about the meters of one site, each from a file of its own. */
export class MetersOfSite implements MeterReports {
  readonly #parts: SiteMetersParts;
  readonly #ledger: MeterLedger;
  #known: { readonly registry: Registry; readonly settings: SiteMeters };
  /** Changes of what was said, counted. */
  #generation = 0;

  constructor(parts: SiteMetersParts) {
    this.#parts = parts;
    this.#ledger = new MeterLedger(parts.store, parts.site.zone);
    this.#known = { registry: parts.registry, settings: this.#settingsOf(parts.registry) };
  }

  get settings(): SiteMeters {
    return this.#known.settings;
  }

  async look(): Promise<SiteMeters> {
    const registry = await this.#parts.store.registry();
    if (registry === this.#known.registry) return this.#known.settings;
    this.#generation += 1;
    this.#known = { registry, settings: this.#settingsOf(registry) };
    return this.#known.settings;
  }

  async version(): Promise<number> {
    const versions = await this.#versions(await this.look());
    return [...versions.values()].reduce((sum, version) => sum + version, this.#generation);
  }

  async list(): Promise<MeterSummary[]> {
    const scene = await this.#scene();
    return Promise.all(scene.moment.settings.meters.map((settings) => meterSummary(scene, settings)));
  }

  async meter(id: string): Promise<MeterDetail | undefined> {
    const scene = await this.#scene();
    const settings = scene.settingsOf(id);
    return settings && meterDetail(scene, settings);
  }

  async consumption(id: string, asked: Range & AsKnown & { readonly by: Grid }): Promise<ConsumptionAnswer | undefined> {
    const { asOfMs, ...range } = asked;
    const ask = { otherwise: ({ unit }: MeterSettings) => nothingConsumed(unit, range) };
    return this.#ask(id, asOfMs, { ...ask, of: (scene, node) => consumptionAnswer(scene, node, range) });
  }

  async readings(id: string, asked: Range & AsKnown & { readonly limit: number }): Promise<ReadingRow[] | undefined> {
    return this.#ask(id, asked.asOfMs, { of: (scene, node) => readingRows(scene, node, asked), otherwise: () => [] });
  }

  async lineage(id: string, asked: Range & AsKnown): Promise<Lineage | undefined> {
    return this.#ask(id, asked.asOfMs, { of: (scene, node) => lineageOf(scene, node, asked), otherwise: () => undefined });
  }

  async profile(id: string, range: Range): Promise<MeterProfile | undefined> {
    return this.#ask(id, undefined, { of: (scene, node) => profileOf(scene, node, range), otherwise: () => undefined });
  }

  async expectation(id: string, tMs: number): Promise<Expectation | undefined> {
    return this.#ask(id, undefined, { of: (scene, node) => expectationAt(scene, node, tMs), otherwise: () => undefined });
  }

  async anomalies({
    simple = this.#parts.site.simpleAnomalies === true,
    ...range
  }: Range & { readonly simple?: boolean }): Promise<AnomalyRow[]> {
    const scene = await this.#scene();
    const all = await Promise.all(
      scene.moment.settings.meters.map(async (settings) => {
        const node = await scene.nodeOf(settings);
        return node === undefined ? [] : anomalyRows(scene, node, { ...range, simple });
      }),
    );
    return all.flat().sort((a, b) => b.fromMs - a.fromMs);
  }

  over(store: Store): MeterReports {
    return new MetersOfSite({ ...this.#parts, store, registry: this.#known.registry });
  }

  async settingsWith(fact: Fact): Promise<SiteMeters> {
    const registry = await this.#parts.store.registry();
    return this.#settingsOf({ ...registry, facts: [...registry.facts.filter(({ id }) => id === undefined || id !== fact.id), fact] });
  }

  async #ask<T>(
    id: string,
    asOfMs: number | undefined,
    answers: {
      readonly of: (scene: MeterScene, node: MeterNode) => Promise<T>;
      readonly otherwise: (settings: MeterSettings) => T | undefined;
    },
  ): Promise<T | undefined> {
    const scene = await this.#scene(asOfMs);
    const settings = scene.settingsOf(id);
    if (settings === undefined) return undefined;
    const node = await scene.nodeOf(settings);
    return node === undefined ? answers.otherwise(settings) : answers.of(scene, node);
  }

  /** Everything as it was known at one moment: of readings, of corrections, and of what was said. */
  async #scene(asOfMs?: number): Promise<MeterScene> {
    const { store, site } = this.#parts;
    const now = await this.look();
    const { registry } = this.#known;
    const settings = asOfMs === undefined ? now : this.#settingsOf(registry, asOfMs);
    const clockMs = this.#parts.nowMs();
    const moment = {
      nowMs: asOfMs === undefined ? clockMs : Math.min(asOfMs, clockMs),
      settings,
      facts: factsAsKnown(registry, site.site, asOfMs),
      versions: asOfMs === undefined ? await this.#versions(settings) : new Map<number, number>(),
      asOfMs,
    };
    const { zone, found, grids, costed } = this.#ledger;
    return new MeterScene({ store, registry, zone, found, grids, costed, nodes: this.#ledger.at(moment) });
  }

  async #versions({ meters }: SiteMeters): Promise<Map<number, number>> {
    const ids = [...new Set(meters.flatMap(({ what }) => (what.kind === "physical" ? what.series.map(({ id }) => id) : [])))];
    const versions = await this.#parts.store.version(ids);
    return new Map(ids.map((id, i) => [id, versions[i] as number]));
  }

  #settingsOf(registry: Registry, asOfMs?: number): SiteMeters {
    return withProblems(meterBook(this.#parts.site, { registry, asOfMs }));
  }
}
