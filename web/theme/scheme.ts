import { localStorageColorSchemeManager } from "@mantine/core";

/** Where a pinned theme is remembered; `public/theme.js` reads the same key before the first paint. */
export const schemeManager = localStorageColorSchemeManager({ key: "wattkeep-scheme" });
