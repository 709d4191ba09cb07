/** Line icons on a 24 grid, drawn for this product. */
const PATHS = {
  live: "M3 12h4l3-7 4 14 3-7h4",
  explorer: "M4 4v16h16M8 15l3-4 3 2 5-7",
  plant: "M4 20V10l5 3v-3l5 3V5h4l2 15zM8 17h2M13 17h2",
  home: "M4 11.5 12 5l8 6.500M6 10v10h12V10M10 20v-6h4v6",
  utilities: "M5 4h14v16H5zM8 7.500h8v4H8zM9 15.500h1.500M13.500 15.500H15",
  building: "M5 21V4h10v17M15 9h4v12M3 21h18M9 8h2M9 12h2M9 16h2",
  jobs: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 8v4l3 2",
  alerts: "M6.5 17V11a5.5 5.5 0 0 1 11 0v6M4 17h16M10 20.5h4M12 5.5v-2",
  backups: "M4 7h16v4H4zM5.5 11v9h13v-9M10 14.5h4",
  sources: "M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20",
  down: "M7 10l5 5 5-5",
  left: "M14 7l-5 5 5 5",
  right: "M10 7l5 5-5 5",
  moon: "M20 14a8 8 0 0 1-10-10 8 8 0 1 0 10 10z",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v1M12 20v1M3 12h1M20 12h1M5.6 5.6l.7.7M17.7 17.7l.7.7M5.6 18.4l.7-.7M17.7 6.300l.7-.7",
  system: "M4 5h16v11H4zM9 20h6M12 16v4",
  check: "M5 12.5l4.5 4.5L19 7.500",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  close: "M6 6l12 12M18 6L6 18",
  collapse: "M4 5h16v14H4zM10 5v14M16 10l-2 2 2 2",
  download: "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14",
  camera: "M4 8h4l1.5-2.500h5L16 8h4v11H4zM12 16.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z",
  redo: "M20 12a8 8 0 1 1-2.5-5.8M20 4v4h-4",
} as const;
export type IconName = keyof typeof PATHS;

/** Decoration beside a word, or inside a button that carries its own label; never read aloud. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The product's mark: four pulses on a line. */
export function BrandMark() {
  return (
    <svg className="brand-mark" viewBox="0 0 18 18" aria-hidden="true">
      <path d="M1.5 13.5V9M6.5 13.5V4.5M11.5 13.5V7M16.5 13.5V2" />
      <path className="brand-line" d="M.5 17h17" />
    </svg>
  );
}
