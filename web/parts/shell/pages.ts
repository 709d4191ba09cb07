import type { IconName } from "#web/parts/icon.tsx";

/** A page of the rail. */
export interface RailPage {
  readonly to: "/" | "/explorer" | "/plant" | "/jobs" | "/sources" | "/settings";
  readonly label: string;
  readonly icon: IconName;
}

/** Pages in the order of the rail; a group is set apart by a line. */
export const PAGE_GROUPS: readonly (readonly [RailPage, ...RailPage[]])[] = [
  [
    { to: "/", label: "Live", icon: "live" },
    { to: "/explorer", label: "Explorer", icon: "explorer" },
  ],
  [{ to: "/plant", label: "Plant", icon: "plant" }],
  [
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

const RAIL_PAGES = PAGE_GROUPS.flat();

/** Pages of the bar at the foot of a phone: those a thumb wants, the rest is found by name. */
export const BOTTOM_PAGES = RAIL_PAGES.filter((page) => page.to !== "/jobs");

/** All pages, for the palette and for the names of tabs. */
export const PAGES = [...RAIL_PAGES, ...PLANT_PAGES.slice(1).map(({ to, title }) => ({ to, label: title }))];

/** Whether a page is one of the plant's. */
export const isPlantPage = (path: string): boolean => PLANT_PAGES.some((page) => page.to === path);
