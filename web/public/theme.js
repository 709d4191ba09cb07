// Runs before the first paint, so that a dark room never sees a white flash. The same key is used by theme/scheme.ts.
(() => {
  let pinned = null;
  try {
    pinned = localStorage.getItem("wattkeep-scheme");
  } catch {
    // A browser that refuses storage follows the system.
  }
  const dark = pinned === "dark" || (pinned !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
  document.querySelector('meta[name="theme-color"]')?.setAttribute("content", dark ? "#0e1116" : "#f6f7f9");
})();
