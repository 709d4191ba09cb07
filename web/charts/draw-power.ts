import { numberWords } from "./numbers.ts";
import type { Frame } from "./panel-scene.ts";
import { energyAt, energyDigits, lastMs, type PowerScene } from "./power-scene.ts";

/** The newest reading as a dot with its number, the energy's end with its own, and the unit of the right axis. */
export function drawNewest(frame: Frame, scene: PowerScene, energyY: (kwh: number) => number): void {
  const { context, ratio } = frame;
  context.save();
  context.setLineDash([]);
  context.textBaseline = "middle";
  if (scene.shown.has("energy")) {
    context.font = `${11 * ratio}px ${scene.colors.font}`;
    context.fillStyle = scene.colors.of("--text-3");
    context.textAlign = "left";
    context.fillText("kWh", frame.right + 7 * ratio, frame.top - 13 * ratio);
  }
  // A row that is still filling ends now, not where it will.
  const end = Math.min(lastMs(scene.rows), Math.max(scene.nowMs, scene.rows.power.startMs.at(-1) ?? 0));
  if (end >= frame.span.fromMs && end <= frame.span.toMs) {
    const takenY = drawPower(frame, scene, end);
    drawEnergy(frame, scene, { end, energyY, takenY });
  }
  context.restore();
}

function drawPower(frame: Frame, scene: PowerScene, end: number): number | undefined {
  const { context, ratio } = frame;
  const { power } = scene.rows;
  const value = power.value[power.value.length - 1] ?? Number.NaN;
  const trace = value < 0 ? "sold" : "bought";
  if (Number.isNaN(value) || !scene.shown.has(trace)) return undefined;
  const ink = scene.colors.of(value < 0 ? "--export" : "--import");
  const y = Math.min(frame.bottom, Math.max(frame.top, frame.y(value)));
  context.fillStyle = ink;
  context.strokeStyle = scene.colors.of("--surface-1");
  context.lineWidth = 1.5 * ratio;
  context.beginPath();
  context.arc(frame.x(end), y, 4 * ratio, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  words(frame, scene, { text: `${numberWords(Math.abs(value), 0)} W${value < 0 ? " sold" : ""}`, x: frame.x(end), y, strong: true });
  return y;
}

interface EnergyEnd {
  readonly end: number;
  readonly energyY: (kwh: number) => number;
  /** Height at which the power's number stands already. */
  readonly takenY: number | undefined;
}

function drawEnergy(frame: Frame, scene: PowerScene, { end, energyY, takenY }: EnergyEnd): void {
  const kwh = energyAt(scene.rows, end);
  if (kwh === undefined || !scene.shown.has("energy")) return;
  const base = energyAt(scene.rows, frame.span.fromMs) ?? 0;
  const y = energyY(kwh);
  const close = takenY !== undefined && Math.abs(takenY - y) < 15 * frame.ratio;
  words(frame, scene, {
    text: `${numberWords(kwh - base, energyDigits(kwh - base, scene.wholeKwh))} kWh`,
    x: frame.x(end),
    y: close ? y + (y > takenY ? 15 : -15) * frame.ratio : y,
    strong: false,
  });
}

interface Words {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly strong: boolean;
}

/** Right of its place; left of it where there is no room. */
function words({ context, ratio, left, right, top, bottom }: Frame, scene: PowerScene, said: Words): void {
  context.font = `${said.strong ? "600 " : ""}${11 * ratio}px ${scene.colors.font}`;
  const width = context.measureText(said.text).width;
  const room = said.x + (9 * ratio + width) <= right;
  const x = room ? said.x + 9 * ratio : Math.max(left, said.x - 9 * ratio - width);
  const y = Math.min(bottom - 8 * ratio, Math.max(top + 8 * ratio, said.y));
  context.textAlign = "left";
  context.lineJoin = "round";
  context.lineWidth = 4 * ratio;
  context.strokeStyle = scene.colors.of("--surface-1");
  context.strokeText(said.text, x, y);
  context.fillStyle = scene.colors.of(said.strong ? "--text-1" : "--text-2");
  context.fillText(said.text, x, y);
}
