import { useEffect, useState } from "react";
import { type BarStyle, DESK_STYLE } from "#web/charts/bar-scene.ts";

/** Type and margins of the charts, in the proportion of the wall: 30 px on a screen of 1920 × 1080. */
export function useWallStyle(): BarStyle {
  const [unit, setUnit] = useState(wallUnit);
  useEffect(() => {
    const again = () => setUnit(wallUnit());
    addEventListener("resize", again);
    return () => removeEventListener("resize", again);
  }, []);
  return STYLES.get(unit) ?? remember(unit);
}

const STYLES = new Map<number, BarStyle>();

function remember(unit: number): BarStyle {
  const px = (size: number) => Math.round(size * unit);
  const style: BarStyle = {
    ...DESK_STYLE,
    font: px(30),
    left: px(122),
    top: px(16),
    bottom: px(44),
    right: px(6),
    ticks: 2,
    unitBehind: true,
  };
  STYLES.set(unit, style);
  return style;
}

/** The same unit as the style sheet's: a hundredth of the screen's smaller side decides. */
function wallUnit(): number {
  return innerWidth < innerHeight ? innerWidth / 640 : Math.min(innerWidth / 1920, innerHeight / 1080);
}
