import type { Browser, BrowserContext, Page } from "playwright-core";

/** When the page got where it is going, in ms since navigation began. */
export interface Usable {
  readonly usableMs: number;
  /** In order: what came, when it was asked for, when its first byte was there, and when it was there. */
  readonly steps: readonly Step[];
  /** Time of scripts in which the page could do nothing else, in one go of 50 ms or more. */
  readonly longMs: readonly number[];
}

interface Step {
  readonly what: string;
  readonly askedMs: number;
  readonly firstMs: number;
  readonly thereMs: number;
}

/** A page 1180 × 820, as a tablet on the wall has it. */
export async function tablet(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1180, height: 820 }, locale: "en-GB" });
  await context.addInitScript(WATCH);
  return context;
}

/**
 * Goes there and waits until the chart has drawn readings and the numbers beside it stand; the frame after that counts.
 * Errors: when that takes longer than a minute.
 */
export async function usable(page: Page, address: string): Promise<Usable> {
  await page.goto(address, { waitUntil: "commit" });
  return page.evaluate<Usable>("window.whenUsable");
}

/** Runs in the page from its first moment. Text, because tests and benches know no browser's types. */
const WATCH = `window.whenUsable = new Promise((resolve, reject) => {
  const long = [];
  new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask", buffered: true });
  const ready = () => {
    const picture = document.querySelector(".power-chart figcaption")?.textContent ?? "";
    const numbers = [...document.querySelectorAll('section[aria-label="Selection"] dd.num, section[aria-label="Bought"] dd.num')];
    return (
      /Highest/.test(picture) && inked(document.querySelector(".power-plot canvas")) &&
      /\\d/.test(document.querySelector("h1")?.textContent ?? "") && numbers.length >= 8 && numbers.every(({ textContent }) => /\\d|—/.test(textContent))
    );
  };
  const inked = (canvas) => {
    if (canvas === null || canvas.width === 0) return false;
    const row = canvas.getContext("2d").getImageData(0, canvas.height >> 1, canvas.width, 1).data;
    return row.some((part) => part !== 0);
  };
  const done = () => {
    const resources = performance.getEntriesByType("resource").filter(({ name }) => /\\.js$|\\/api\\//.test(name));
    resolve({
      usableMs: performance.now(),
      steps: [...performance.getEntriesByType("navigation"), ...resources].map((one) => ({
        what: new URL(one.name).pathname, askedMs: one.startTime, firstMs: one.responseStart, thereMs: one.responseEnd,
      })),
      longMs: long,
    });
  };
  const look = () => (ready() ? requestAnimationFrame(() => setTimeout(done)) : requestAnimationFrame(look));
  requestAnimationFrame(look);
  setTimeout(() => reject(new Error("the page is of no use after a minute")), 60_000);
})`;
