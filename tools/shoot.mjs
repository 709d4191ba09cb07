// Pictures of pages in three sizes, light and dark: `node tools/shoot.mjs BASE OUT_DIR /path [/path…]`.
// Reports what a picture does not show: console errors, failed requests, pages wider than the screen.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const SCREENS = [
  { name: "desktop", width: 1440, height: 900 },
  { name: "tablet", width: 1180, height: 820 },
  { name: "phone", width: 390, height: 844, touch: true },
];
const SETTLE_MS = Number(process.env["SETTLE_MS"] ?? 2500);

const options = process.argv.slice(2).filter((word) => word.startsWith("--"));
const [base, folder, ...paths] = process.argv.slice(2).filter((word) => !word.startsWith("--"));
if (base === undefined || folder === undefined || paths.length === 0) {
  console.error("usage: node tools/shoot.mjs [--full] [--only=desktop.light] BASE OUT_DIR /path [/path…]");
  process.exit(2);
}
const full = options.includes("--full");
const only = options.find((option) => option.startsWith("--only="))?.slice("--only=".length);

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let faults = 0;
for (const scheme of ["light", "dark"]) {
  for (const screen of SCREENS) {
    if (only === undefined || only === `${screen.name}.${scheme}`) faults += await shootScreen(screen, scheme);
  }
}
await browser.close();
process.exit(faults > 0 ? 1 : 0);

async function shootScreen(screen, scheme) {
  const context = await browser.newContext({
    viewport: { width: screen.width, height: screen.height },
    colorScheme: scheme,
    hasTouch: screen.touch === true,
    reducedMotion: "reduce",
  });
  let found = 0;
  for (const path of paths) {
    const file = join(folder, `${nameOf(path)}.${screen.name}.${scheme}.png`);
    const complaints = await shootPage(context, path, file);
    if (complaints.length > 0) found += 1;
    console.log([file, ...complaints].join("\n    "));
  }
  await context.close();
  return found;
}

async function shootPage(context, path, file) {
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text().slice(0, 160)}`);
  });
  await page.goto(new URL(path, base).href, { waitUntil: "load" });
  await page.waitForTimeout(SETTLE_MS);
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overhang > 1) complaints.push(`wider than the screen by ${overhang} px`);
  await page.screenshot({ path: file, fullPage: full });
  await page.close();
  return [...new Set(complaints)];
}

function nameOf(path) {
  return path.replace(/[^a-z0-9]+/gi, "-").replace(/^-+|-+$/g, "") || "live";
}
