import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const PATIENCE = { timeout: 20_000, interval: 100 };

/** What a change of scheme can change. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/** What axe finds serious or critical, one line per rule and element. */
async function findings(page: Page, colorsAlone: boolean): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (colorsAlone ? axe.withRules(OF_COLOURS) : axe).analyze();
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
    found.push(...(await findings(page, colorScheme === "dark")).map((finding) => `${colorScheme}: ${finding}`));
  }
  return found;
}
