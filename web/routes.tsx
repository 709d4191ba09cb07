import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { BASE_PATH } from "./client/base.ts";
import { buildingSearchOf } from "./client/building-search.ts";
import { homesQuery } from "./client/home-queries.ts";
import { metersQuery } from "./client/meter-queries.ts";
import { type ViewSearch, viewOf } from "./client/range.ts";
import { many, one, parseSearch, stringifySearch } from "./client/search.ts";
import { type IntervalSearch, intervalSearchOf } from "./pages/data-explorer/explorer-search.ts";
import type { HomeSearch } from "./pages/home/use-home-view.ts";
import { meterSearchOf, metersSearchOf, yearSearchOf } from "./pages/utilities/utility-search.ts";
import { BuildingTabs } from "./parts/shell/building-tabs.tsx";
import { NotFound, PageFault } from "./parts/shell/dead-ends.tsx";
import { PlantTabs } from "./parts/shell/plant-tabs.tsx";
import { Shell } from "./parts/shell/shell.tsx";
import { UtilityTabs } from "./parts/shell/utility-tabs.tsx";

interface LiveSearch extends ViewSearch {
  /** A medium, or `look` for what needs a person. */
  readonly show?: string | undefined;
}

interface ExplorerSearch extends ViewSearch {
  readonly series?: readonly string[] | undefined;
  /** A stretch chosen on the chart, "fromMs-toMs". */
  readonly select?: string | undefined;
  /** `table` where the rows are shown instead of the picture. */
  readonly show?: string | undefined;
}

interface SourcesSearch extends ViewSearch {
  readonly source?: string | undefined;
  readonly code?: string | undefined;
}

interface PlantSearch extends ViewSearch {
  /** Id of the plant; left out, the first of the site. */
  readonly plant?: string | undefined;
}

interface BillingSearch extends PlantSearch {
  readonly basis?: string | undefined;
  /** Local date a billing period begins on. */
  readonly period?: string | undefined;
}

interface KioskSearch extends PlantSearch {
  /** Seconds between two looks at the server. */
  readonly refresh?: string | undefined;
  readonly theme?: string | undefined;
}

interface AboutMetersSearch extends ViewSearch {
  /** Id of one meter; left out, all. */
  readonly meter?: string | undefined;
  readonly show?: string | undefined;
  readonly find?: string | undefined;
  /** A rule of anomalies. */
  readonly rule?: string | undefined;
  /** `on`: anomalies of the old system's rule too. */
  readonly simple?: string | undefined;
  /** A stretch a reading is to be corrected in, "fromMs-toMs". */
  readonly near?: string | undefined;
  /** A local date: as it was known at its end. */
  readonly asOf?: string | undefined;
}

interface PageContext {
  readonly queries: QueryClient;
}

const root = createRootRouteWithContext<PageContext>()({
  component: Shell,
  validateSearch: viewOf,
  notFoundComponent: NotFound,
  errorComponent: PageFault,
});

const live = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/live/live-page.tsx"), "LivePage"),
  validateSearch: (raw: Record<string, unknown>): LiveSearch => ({ ...viewOf(raw), ...named("show", one(raw, "show")) }),
});

const explorer = createRoute({
  getParentRoute: () => root,
  path: "/explorer",
  component: lazyRouteComponent(() => import("./pages/explorer/explorer-page.tsx"), "ExplorerPage"),
  validateSearch: (raw: Record<string, unknown>): ExplorerSearch => {
    const series = many(raw, "series");
    return {
      ...viewOf(raw),
      ...(series.length > 0 ? { series } : {}),
      ...named("select", one(raw, "select")),
      ...named("show", one(raw, "show")),
    };
  },
});

const sources = createRoute({
  getParentRoute: () => root,
  path: "/sources",
  component: lazyRouteComponent(() => import("./pages/sources/sources-page.tsx"), "SourcesPage"),
  validateSearch: (raw: Record<string, unknown>): SourcesSearch => ({
    ...viewOf(raw),
    ...named("source", one(raw, "source")),
    ...named("code", one(raw, "code")),
  }),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyRouteComponent(() => import("./pages/settings/settings-page.tsx"), "SettingsPage"),
});

const plantPages = createRoute({ getParentRoute: () => root, id: "plant-pages", component: PlantTabs });

const plantOf = (raw: Record<string, unknown>): PlantSearch => ({ ...viewOf(raw), ...named("plant", one(raw, "plant")) });

const plant = createRoute({
  getParentRoute: () => plantPages,
  path: "/plant",
  component: lazyRouteComponent(() => import("./pages/plant/plant-page.tsx"), "PlantPage"),
  validateSearch: plantOf,
});

const operations = createRoute({
  getParentRoute: () => plantPages,
  path: "/operations",
  component: lazyRouteComponent(() => import("./pages/operations/operations-page.tsx"), "OperationsPage"),
  validateSearch: plantOf,
});

const billingRisk = createRoute({
  getParentRoute: () => plantPages,
  path: "/billing-risk",
  component: lazyRouteComponent(() => import("./pages/billing-risk/billing-page.tsx"), "BillingPage"),
  validateSearch: (raw: Record<string, unknown>): BillingSearch => ({
    ...plantOf(raw),
    ...named("basis", one(raw, "basis")),
    ...named("period", one(raw, "period")),
  }),
});

const dataQuality = createRoute({
  getParentRoute: () => plantPages,
  path: "/data-quality",
  component: lazyRouteComponent(() => import("./pages/data-quality/data-quality-page.tsx"), "DataQualityPage"),
  validateSearch: plantOf,
});

const dataExplorer = createRoute({
  getParentRoute: () => plantPages,
  path: "/data-explorer",
  component: lazyRouteComponent(() => import("./pages/data-explorer/data-explorer-page.tsx"), "DataExplorerPage"),
  validateSearch: (raw: Record<string, unknown>): IntervalSearch => intervalSearchOf(raw),
});

const usage = createRoute({
  getParentRoute: () => plantPages,
  path: "/usage",
  component: lazyRouteComponent(() => import("./pages/usage/usage-page.tsx"), "UsagePage"),
  validateSearch: plantOf,
});

const kiosk = createRoute({
  getParentRoute: () => root,
  path: "/kiosk",
  component: lazyRouteComponent(() => import("./pages/kiosk/kiosk-page.tsx"), "KioskPage"),
  validateSearch: (raw: Record<string, unknown>): KioskSearch => ({
    ...plantOf(raw),
    ...named("refresh", one(raw, "refresh")),
    ...named("theme", one(raw, "theme")),
  }),
});

const jobs = createRoute({
  getParentRoute: () => root,
  path: "/jobs",
  component: lazyRouteComponent(() => import("./pages/jobs/jobs-page.tsx"), "JobsPage"),
});

const alerts = createRoute({
  getParentRoute: () => root,
  path: "/alerts",
  component: lazyRouteComponent(() => import("./pages/alerts/alerts-page.tsx"), "AlertsPage"),
});

const backups = createRoute({
  getParentRoute: () => root,
  path: "/backups",
  component: lazyRouteComponent(() => import("./pages/backups/backups-page.tsx"), "BackupsPage"),
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/home",
  component: lazyRouteComponent(() => import("./pages/home/home-page.tsx"), "HomePage"),
  // Asked for while the page's own script is still on its way.
  loader: ({ context }) => void context.queries.prefetchQuery(homesQuery),
  validateSearch: (raw: Record<string, unknown>): HomeSearch => ({
    ...viewOf(raw),
    ...named("home", one(raw, "home")),
    ...named("view", one(raw, "view")),
    ...named("select", one(raw, "select")),
    ...named("show", one(raw, "show")),
    ...named("wall", one(raw, "wall")),
    ...named("days", one(raw, "days")),
  }),
});

const utilityPages = createRoute({ getParentRoute: () => root, id: "utility-pages", component: UtilityTabs });

const meters = createRoute({
  getParentRoute: () => utilityPages,
  path: "/utilities",
  component: lazyRouteComponent(() => import("./pages/utilities/meters-page.tsx"), "MetersPage"),
  loaderDeps: ({ search }) => ({ site: search.site }),
  // Asked for while the page's own script is still on its way.
  loader: ({ context, deps }) => void context.queries.prefetchQuery(metersQuery(deps.site)),
  validateSearch: metersSearchOf,
});

const meter = createRoute({
  getParentRoute: () => utilityPages,
  path: "/utilities/meter",
  component: lazyRouteComponent(() => import("./pages/utilities/meter-page.tsx"), "MeterPage"),
  validateSearch: meterSearchOf,
});

const metersConsumption = createRoute({
  getParentRoute: () => utilityPages,
  path: "/utilities/consumption",
  component: lazyRouteComponent(() => import("./pages/utilities/consumption-page.tsx"), "ConsumptionPage"),
  validateSearch: yearSearchOf,
});

const metersCosts = createRoute({
  getParentRoute: () => utilityPages,
  path: "/utilities/costs",
  component: lazyRouteComponent(() => import("./pages/utilities/costs-page.tsx"), "CostsPage"),
  validateSearch: yearSearchOf,
});

/** Pages that add up what was done to readings name a meter, and keep what they show in words of their own. */
const aboutMeters = (raw: Record<string, unknown>): AboutMetersSearch => ({
  ...viewOf(raw),
  ...named("meter", one(raw, "meter")),
  ...named("show", one(raw, "show")),
  ...named("find", one(raw, "find")),
  ...named("rule", one(raw, "rule")),
  ...named("simple", one(raw, "simple")),
  ...named("near", one(raw, "near")),
  ...named("asOf", one(raw, "asOf")),
});

const anomalies = createRoute({
  getParentRoute: () => utilityPages,
  path: "/anomalies",
  component: lazyRouteComponent(() => import("./pages/anomalies/anomalies-page.tsx"), "AnomaliesPage"),
  validateSearch: aboutMeters,
});

const corrections = createRoute({
  getParentRoute: () => utilityPages,
  path: "/corrections",
  component: lazyRouteComponent(() => import("./pages/corrections/corrections-page.tsx"), "CorrectionsPage"),
  validateSearch: aboutMeters,
});

const round = createRoute({
  getParentRoute: () => utilityPages,
  path: "/round",
  component: lazyRouteComponent(() => import("./pages/round/round-page.tsx"), "RoundPage"),
  validateSearch: aboutMeters,
});

const csvImport = createRoute({
  getParentRoute: () => utilityPages,
  path: "/import",
  component: lazyRouteComponent(() => import("./pages/csv-import/csv-import-page.tsx"), "CsvImportPage"),
  validateSearch: aboutMeters,
});

const buildingPages = createRoute({ getParentRoute: () => root, id: "building-pages", component: BuildingTabs });

const zones = createRoute({
  getParentRoute: () => buildingPages,
  path: "/building",
  component: lazyRouteComponent(() => import("./pages/building/zones-page.tsx"), "ZonesPage"),
  validateSearch: buildingSearchOf,
});

const zone = createRoute({
  getParentRoute: () => buildingPages,
  path: "/building/zone",
  component: lazyRouteComponent(() => import("./pages/building/zone-page.tsx"), "ZonePage"),
  validateSearch: buildingSearchOf,
});

const airHandlers = createRoute({
  getParentRoute: () => buildingPages,
  path: "/building/air-handlers",
  component: lazyRouteComponent(() => import("./pages/building/air-handlers-page.tsx"), "AirHandlersPage"),
  validateSearch: buildingSearchOf,
});

const buildingTrends = createRoute({
  getParentRoute: () => buildingPages,
  path: "/building/trends",
  component: lazyRouteComponent(() => import("./pages/building-trends/trends-page.tsx"), "TrendsPage"),
  validateSearch: buildingSearchOf,
});

const buildingPeak = createRoute({
  getParentRoute: () => buildingPages,
  path: "/building/peak",
  component: lazyRouteComponent(() => import("./pages/building-peak/peak-page.tsx"), "PeakPage"),
  validateSearch: buildingSearchOf,
});

const overrides = createRoute({
  getParentRoute: () => buildingPages,
  path: "/building/overrides",
  component: lazyRouteComponent(() => import("./pages/building-points/overrides-page.tsx"), "OverridesPage"),
  validateSearch: buildingSearchOf,
});

const stopped = createRoute({
  getParentRoute: () => buildingPages,
  path: "/building/stopped",
  component: lazyRouteComponent(() => import("./pages/building-points/stopped-page.tsx"), "StoppedPage"),
  validateSearch: buildingSearchOf,
});

const buildingNames = createRoute({
  getParentRoute: () => buildingPages,
  path: "/building/names",
  component: lazyRouteComponent(() => import("./pages/building-points/names-page.tsx"), "NamesPage"),
  validateSearch: buildingSearchOf,
});

function named<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, string>);
}

/** All pages of the product and their addresses, below whatever base path we were loaded from. */
export function createPageRouter(queries: QueryClient) {
  return createRouter({
    context: { queries },
    routeTree: root.addChildren([
      live,
      explorer,
      plantPages.addChildren([plant, operations, billingRisk, dataQuality, dataExplorer, usage]),
      home,
      utilityPages.addChildren([meters, meter, metersConsumption, metersCosts, anomalies, corrections, round, csvImport]),
      buildingPages.addChildren([zones, zone, airHandlers, buildingTrends, buildingPeak, overrides, stopped, buildingNames]),
      kiosk,
      alerts,
      jobs,
      backups,
      sources,
      settings,
    ]),
    basepath: BASE_PATH === "" ? "/" : BASE_PATH,
    parseSearch,
    stringifySearch,
    defaultPreload: "intent",
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createPageRouter>;
  }
}
