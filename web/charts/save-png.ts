import type { ChartHandle } from "./chart-handle.ts";

/** Hands the picture of a chart to the browser's downloads, named after its title. */
export async function savePng(chart: ChartHandle | null, title: string): Promise<void> {
  const blob = await chart?.png(title);
  if (blob === undefined) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${title.replaceAll(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80)}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
