import { useEffect, useState } from "react";
import { type Colors, readColors } from "./colors.ts";

const WATCHED = ["data-theme", "data-mantine-color-scheme", "class"];

/** The theme's colours; a new object, and so a new picture, after every change of theme. */
export function useColors(): Colors {
  const [colors, setColors] = useState(() => readColors(document.documentElement));
  useEffect(() => {
    const again = () => setColors(readColors(document.documentElement));
    const observer = new MutationObserver(again);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: WATCHED });
    const system = matchMedia("(prefers-color-scheme: dark)");
    system.addEventListener("change", again);
    // The style sheet may have come between the first picture and this effect.
    again();
    return () => {
      observer.disconnect();
      system.removeEventListener("change", again);
    };
  }, []);
  return colors;
}
