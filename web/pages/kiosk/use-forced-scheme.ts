import { useEffect } from "react";

const NAME = "data-mantine-color-scheme";

/** `?theme=dark` or `light` holds for this wall alone; what the browser's owner chose elsewhere stays as it is. */
export function useForcedScheme(theme: string | undefined): void {
  useEffect(() => {
    if (theme !== "dark" && theme !== "light") return undefined;
    const root = document.documentElement;
    const before = root.getAttribute(NAME);
    const force = () => {
      if (root.getAttribute(NAME) !== theme) root.setAttribute(NAME, theme);
    };
    force();
    // The provider above follows the system; here the address has the last word.
    const observer = new MutationObserver(force);
    observer.observe(root, { attributes: true, attributeFilter: [NAME] });
    return () => {
      observer.disconnect();
      if (before !== null) root.setAttribute(NAME, before);
    };
  }, [theme]);
}
