/** All charts in `box`, one below the other, with their legends and a title, on the page's own ground. */
export async function chartPng(box: HTMLElement, title: string): Promise<Blob | undefined> {
  const panels = [...box.querySelectorAll<HTMLElement>(".chart-panel")].flatMap((panel) => {
    const canvas = panel.querySelector("canvas");
    return canvas === null ? [] : [{ canvas, words: legendWords(panel) }];
  });
  const ratio = devicePixelRatio || 1;
  const style = getComputedStyle(box);
  const font = style.fontFamily;
  const margin = 16 * ratio;
  const headHeight = 34 * ratio;
  const legendHeight = 20 * ratio;
  const width = Math.max(0, ...panels.map(({ canvas }) => canvas.width)) + 2 * margin;
  const height = headHeight + margin + panels.reduce((sum, { canvas }) => sum + canvas.height + legendHeight, 0) + margin;
  const sheet = document.createElement("canvas");
  sheet.width = width;
  sheet.height = height;
  const context = sheet.getContext("2d");
  if (context === null || panels.length === 0) return undefined;
  const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  context.fillStyle = token("--surface-1") || "#ffffff";
  context.fillRect(0, 0, width, height);
  context.fillStyle = style.color;
  context.font = `600 ${14 * ratio}px ${font}`;
  context.fillText(title, margin, margin + 12 * ratio);
  let y = headHeight + margin / 2;
  for (const { canvas, words } of panels) {
    context.font = `${12 * ratio}px ${font}`;
    context.fillStyle = token("--text-2") || style.color;
    context.fillText(words, margin, y + 12 * ratio);
    y += legendHeight;
    context.drawImage(canvas, margin, y);
    y += canvas.height;
  }
  return new Promise((resolve) => sheet.toBlob((blob) => resolve(blob ?? undefined), "image/png"));
}

function legendWords(panel: HTMLElement): string {
  return [...panel.querySelectorAll(".chart-legend-name")].map((name) => name.textContent ?? "").join("   ·   ");
}
