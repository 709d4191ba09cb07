import type { IconName } from "#web/parts/icon.tsx";

/** Pages in the order of the rail; a group is set apart by a line. */
export const PAGE_GROUPS = [
  [
    { to: "/", label: "Live", icon: "live" },
    { to: "/explorer", label: "Explorer", icon: "explorer" },
  ],
  [
    { to: "/sources", label: "Sources", icon: "sources" },
    { to: "/settings", label: "Settings", icon: "settings" },
  ],
] as const satisfies readonly (readonly { to: string; label: string; icon: IconName }[])[];

export const PAGES = PAGE_GROUPS.flat();
