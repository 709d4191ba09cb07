import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const PATIENCE = { timeout: 20_000, interval: 100 };

/** What a change of scheme can change. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/** What another size of the screen can change; names and structure are the same. */
const OF_LAYOUT = [...OF_COLOURS, "scrollable-region-focusable"];

/** What axe finds serious or critical, one line per rule and element; by all its rules where none are named. */
async function findings(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules === undefined ? axe : axe.withRules(rules)).analyze();
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return grave.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any }) => `${id} (${help}) at ${target.join(" ")}: ${any[0]?.message}`),
  );
}

/** What axe finds serious or critical on what is shown, light and dark. */
export async function findingsOfBoth(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expect.poll(() => page.locator("html").getAttribute("data-mantine-color-scheme"), PATIENCE).toBe(colorScheme);
    found.push(...(await findings(page, colorScheme === "dark" ? OF_COLOURS : undefined)).map((finding) => `${colorScheme}: ${finding}`));
  }
  return found;
}

/** What axe finds serious or critical that was not there on a larger screen. */
export async function findingsOfLayout(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await expect.poll(() => page.locator("html").getAttribute("data-mantine-color-scheme"), PATIENCE).toBe("light");
  return findings(page, OF_LAYOUT);
}
