import { useLocalStorage } from "@mantine/hooks";

/** Whether the rail is folded, remembered in this browser. */
export function useNarrowRail(): readonly [boolean, () => void] {
  const [narrow, setNarrow] = useLocalStorage({ key: "wattkeep-rail-narrow", defaultValue: false, getInitialValueInEffect: false });
  return [narrow, () => setNarrow(!narrow)];
}
