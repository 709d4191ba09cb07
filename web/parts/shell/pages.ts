import type { IconName } from "#web/parts/icon.tsx";

/** A page of the rail. */
export interface RailPage {
  readonly to: "/" | "/explorer" | "/plant" | "/home" | "/utilities" | "/building" | "/alerts" | "/jobs" | "/sources" | "/settings";
  readonly label: string;
  readonly icon: IconName;
}

/** Pages in the order of the rail; a group is set apart by a line. */
export const PAGE_GROUPS: readonly (readonly [RailPage, ...RailPage[]])[] = [
  [
    { to: "/", label: "Live", icon: "live" },
    { to: "/explorer", label: "Explorer", icon: "explorer" },
  ],
  [
    { to: "/plant", label: "Plant", icon: "plant" },
    { to: "/home", label: "Home", icon: "home" },
    { to: "/utilities", label: "Utilities", icon: "utilities" },
    { to: "/building", label: "Building", icon: "building" },
  ],
  [
    { to: "/alerts", label: "Alerts", icon: "alerts" },
    { to: "/jobs", label: "Jobs", icon: "jobs" },
    { to: "/sources", label: "Sources", icon: "sources" },
    { to: "/settings", label: "Settings", icon: "settings" },
  ],
];

/** Pages about one metered plant, in the order of their tabs. */
export const PLANT_PAGES = [
  { to: "/plant", label: "Executive", title: "Plant" },
  { to: "/operations", label: "Operations", title: "Operations" },
  { to: "/billing-risk", label: "Billing and risk", title: "Billing and risk" },
  { to: "/data-quality", label: "Data quality", title: "Data quality" },
  { to: "/data-explorer", label: "Intervals", title: "Intervals" },
  { to: "/usage", label: "Usage", title: "Usage" },
  { to: "/kiosk", label: "Kiosk", title: "Kiosk" },
] as const;

/** Pages about the meters of a house, in the order of their tabs. */
export const UTILITY_PAGES = [
  { to: "/utilities", label: "Meters", title: "Utilities" },
  { to: "/utilities/consumption", label: "Consumption", title: "Consumption of meters" },
  { to: "/utilities/costs", label: "Costs", title: "Costs of meters" },
  { to: "/anomalies", label: "Anomalies", title: "Anomalies" },
  { to: "/corrections", label: "Corrections", title: "Corrections" },
  { to: "/round", label: "Round", title: "Round: read the meters" },
  { to: "/import", label: "Import", title: "Import readings" },
] as const;

/** Pages about the zones of a building, in the order of their tabs. */
export const BUILDING_PAGES = [
  { to: "/building", label: "Zones", title: "Building" },
  { to: "/building/air-handlers", label: "Air handlers", title: "Air handlers" },
  { to: "/building/trends", label: "Equipment trends", title: "Equipment trends" },
  { to: "/building/peak", label: "Peak", title: "Peak of the building" },
  { to: "/building/overrides", label: "Overrides", title: "Overrides" },
  { to: "/building/stopped", label: "Trends stopped", title: "Trends stopped" },
  { to: "/building/names", label: "Names and roles", title: "Names and roles" },
] as const;

/** Pages that stand under another one of the rail: found by name, and from there. */
const OTHER_PAGES = [{ to: "/backups", label: "Backups", under: "/settings" }] as const;

const RAIL_PAGES = PAGE_GROUPS.flat();
const FOUND_BY_NAME: ReadonlySet<string> = new Set(["/jobs", "/sources"]);

/** Pages of the bar at the foot of a phone: those a thumb wants, the rest is found by name. */
export const BOTTOM_PAGES = RAIL_PAGES.filter((page) => !FOUND_BY_NAME.has(page.to));

/** All pages, for the palette and for the names of tabs. */
export const PAGES = [
  ...RAIL_PAGES.map(({ to, label }) => ({ to, label })),
  ...OTHER_PAGES.map(({ to, label }) => ({ to, label })),
  ...PLANT_PAGES.slice(1).map(({ to, title }) => ({ to, label: title })),
  ...UTILITY_PAGES.slice(1).map(({ to, title }) => ({ to, label: title })),
  ...BUILDING_PAGES.slice(1).map(({ to, title }) => ({ to, label: title })),
];

/** The page of the rail that a page is found under; itself where it stands in the rail. */
export function railPageOf(path: string): string {
  if (isPlantPage(path)) return "/plant";
  if (UTILITY_PAGES.some((page) => page.to === utilityPageOf(path))) return "/utilities";
  if (isBuildingPage(path)) return "/building";
  return OTHER_PAGES.find((page) => page.to === path)?.under ?? path;
}

/** Whether a page is one of the plant's. */
export const isPlantPage = (path: string): boolean => PLANT_PAGES.some((page) => page.to === path);

/** The tab a page of the meters stands under: one meter stands under all of them. */
export const utilityPageOf = (path: string): string => (path === "/utilities/meter" ? "/utilities" : path);

/** Whether a page is one of the building's. */
export const isBuildingPage = (path: string): boolean => BUILDING_PAGES.some((page) => page.to === buildingPageOf(path));

/** The tab a page of the building stands under: one zone stands under all of them. */
export const buildingPageOf = (path: string): string => (path === "/building/zone" ? "/building" : path);
