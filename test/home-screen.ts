import type { CDPSession, Page } from "playwright-core";

export const PATIENCE = { timeout: 15_000, interval: 50 };
/** A tablet on the wall, and a phone. */
export const TABLET = { viewport: { width: 1180, height: 820 }, hasTouch: true } as const;
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 } as const;

/** Of a canvas, what is looked at; tests are compiled without the types of a browser. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: "2d"): { getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray } };
}

/** The page Home as a person sees and touches it. */
export class HomeScreen {
  readonly page: Page;
  #touch: CDPSession | undefined;

  constructor(page: Page) {
    this.page = page;
  }

  /** Until the picture and the numbers beside it are there. */
  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await this.page.locator(".power-chart figcaption").waitFor({ state: "attached" });
    await this.page.locator('section[aria-label="Selection"] dd.num').first().waitFor();
    await this.page.locator('section[aria-label="Bought"] dd.num').first().waitFor();
  }

  async words(place: string): Promise<string> {
    return ((await this.page.locator(place).first().textContent()) ?? "").replaceAll(/\s/g, " ");
  }

  /** The number and the note of one line of a card, "4.862 kWh" and "€1.86, typical 4.2". */
  async fact(card: "Selection" | "Bought", label: string | RegExp): Promise<{ value: string; note: string }> {
    const line = this.page
      .locator(`section[aria-label="${card}"] .home-fact`, { has: this.page.locator("dt", { hasText: label }) })
      .first();
    const [value, note] = await Promise.all([line.locator("dd.num").textContent(), line.locator("dd:not(.num)").allTextContents()]);
    return { value: plain(value ?? ""), note: plain(note.join(" ")) };
  }

  async number(card: "Selection" | "Bought", label: string | RegExp): Promise<number> {
    return numberIn((await this.fact(card, label)).value);
  }

  /** Of the plotting area, in pixels of the window. */
  async chart(): Promise<{ x: number; y: number; width: number; height: number }> {
    await this.page.locator(".power-plot .u-over").first().scrollIntoViewIfNeeded();
    const box = await this.page.locator(".power-plot .u-over").first().boundingBox();
    if (box === null) throw new Error("the chart is not there");
    return box;
  }

  /** Fingers go down at shares of the chart's width, along their way and up. */
  async fingers(...ways: readonly (readonly [from: number, to: number])[]): Promise<void> {
    const { x, y, width, height } = await this.chart();
    this.#touch ??= await this.page.context().newCDPSession(this.page);
    const at = (done: number) =>
      ways.map(([from, to], id) => ({ id, x: x + width * (from + (to - from) * done), y: y + height / 2 + 20 * id }));
    const send = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: ReturnType<typeof at>) =>
      this.#touch?.send("Input.dispatchTouchEvent", { type, touchPoints });
    await send("touchStart", at(0));
    for (let step = 1; step <= 5; step++) await send("touchMove", at(step / 5));
    await send("touchEnd", []);
  }

  /** One finger goes up the chart, as one that reads on. */
  async swipeUp(): Promise<void> {
    const { x, y, width, height } = await this.chart();
    this.#touch ??= await this.page.context().newCDPSession(this.page);
    const at = (up: number) => ({ x: x + width / 2, y: y + height * 0.8 - up });
    await this.#touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [at(0)] });
    for (let step = 1; step <= 10; step++)
      await this.#touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [at(15 * step)] });
    await this.#touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  }

  async mouse(from: number, to: number, keys: readonly string[] = []): Promise<void> {
    const { x, y, width, height } = await this.chart();
    await this.page.mouse.move(x + width * from, y + height / 2);
    for (const key of keys) await this.page.keyboard.down(key);
    await this.page.mouse.down();
    await this.page.mouse.move(x + width * to, y + height / 2, { steps: 5 });
    await this.page.mouse.up();
    for (const key of keys) await this.page.keyboard.up(key);
  }

  async openMenu(): Promise<void> {
    await this.page.getByRole("button", { name: "More" }).click();
    // Until the keys are its own.
    await this.page.locator('[role="menu"]:focus-within').waitFor();
  }

  async closeMenu(): Promise<void> {
    await this.page.keyboard.press("Escape");
    await this.page.getByRole("menu").waitFor({ state: "detached" });
  }

  /** How many heights a line of an ink (#rrggbb) has in the first part of the picture: few where it is drawn in steps. */
  heights(ink: string, part: number): Promise<number> {
    const wanted = [1, 3, 5].map((at) => Number.parseInt(ink.slice(at, at + 2), 16));
    return this.page
      .locator(".power-plot canvas")
      .first()
      .evaluate(
        (element: unknown, asked) => {
          const { width, height } = element as Canvas;
          const { data } = (element as Canvas).getContext("2d").getImageData(0, 0, width, height);
          const rows = new Set<number>();
          for (let column = 0; column < width * asked.part; column++) {
            for (let row = 0; row < height; row++) {
              const at = 4 * (row * width + column);
              const near = asked.wanted.every((value, index) => Math.abs((data[at + index] ?? 0) - value) < 12);
              if (!near || (data[at + 3] ?? 0) < 200) continue;
              rows.add(row);
              break;
            }
          }
          return rows.size;
        },
        { wanted, part },
      );
  }

  /** The window of time on the page, from the address that its CSV is saved from. */
  async span(): Promise<{ fromMs: number; toMs: number }> {
    await this.openMenu();
    const link = await this.page.getByRole("menuitem", { name: /^Save CSV/ }).getAttribute("href");
    await this.closeMenu();
    const query = new URL(link ?? "", this.page.url()).searchParams;
    return { fromMs: Number(query.get("from")), toMs: Number(query.get("to")) };
  }

  /** Of the address, the part with this name. */
  asked(name: string): string | null {
    return new URL(this.page.url()).searchParams.get(name);
  }

  /** The two instants of the selection in the address. Missing: undefined without one. */
  selection(): { fromMs: number; toMs: number } | undefined {
    const [fromMs = Number.NaN, toMs = Number.NaN] = (this.asked("select") ?? "").split("-").map(Number);
    return Number.isNaN(toMs) ? undefined : { fromMs, toMs };
  }
}

const plain = (text: string): string => text.replaceAll(/\s/g, " ").trim();

/** The first number of a text in English, whatever stands around it. */
export function numberIn(text: string): number {
  const found = /[−-]?[\d,]+(\.\d+)?/.exec(text);
  return found === null ? Number.NaN : Number(found[0].replaceAll(",", "").replace("−", "-"));
}
