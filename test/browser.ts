import { accessSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import type { describe } from "vitest";
import { outside } from "./outside.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const PATIENCE_MS = 15_000;

/** `describe` for tests that need a browser, and other programs beside it. CHROMIUM names the browser's file where it is elsewhere. */
export function inBrowser(...programs: readonly string[]): typeof describe | typeof describe.skip {
  const named = process.env["CHROMIUM"];
  if (named !== undefined) accessSync(named);
  return outside(...programs, ...(named === undefined ? ["chromium"] : []));
}

export function startBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: [...FLAGS, ...more], timeout: 30_000 });
}

/** A page as a person has it open, and what it complained of. */
export interface Tab {
  readonly page: Page;
  /** Errors of the console and of scripts since the page was opened, or since they were last taken out. */
  readonly complaints: string[];
  /** Every address the page asked for. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** A fresh browser profile with one page in it. */
export async function openTab(browser: Browser, options: BrowserContextOptions = {}): Promise<Tab> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    reducedMotion: "reduce",
    locale: "en-GB",
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("request", (request) => asked.push(request.url()));
  page.on("websocket", (socket) => asked.push(socket.url()));
  return { page, complaints, asked, close: () => context.close() };
}

/** Pixels of a canvas that were drawn on, and how high the drawing reaches. */
export interface Ink {
  readonly pixels: number;
  /** Rows between the highest and the lowest drawn pixel. */
  readonly rows: number;
}

/** Of a canvas, what is looked at; tests are compiled without the types of a browser. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(
    kind: "2d",
  ): { getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray } } | null;
}

/** Looks at the canvases of a place on the page, together. */
export function inkOf(page: Page, place: string): Promise<Ink> {
  return page.locator(`${place} canvas`).evaluateAll((elements: unknown) => {
    let pixels = 0;
    let rows = 0;
    for (const canvas of elements as Canvas[]) {
      const data = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      let top = Number.POSITIVE_INFINITY;
      let bottom = Number.NEGATIVE_INFINITY;
      for (let at = 3; at < data.length; at += 4) {
        if (data[at] === 0) continue;
        pixels += 1;
        const row = Math.floor(at / 4 / canvas.width);
        top = Math.min(top, row);
        bottom = Math.max(bottom, row);
      }
      if (bottom >= top) rows += bottom - top + 1;
    }
    return { pixels, rows };
  });
}
