import { useMantineColorScheme } from "@mantine/core";
import { Card } from "#web/parts/card.tsx";
import { Seg } from "#web/parts/seg.tsx";

const OPTIONS = [
  { value: "auto", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

/** How the pages look in this browser. */
export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Card title="Appearance" note="in this browser">
      <Seg label="Theme" value={colorScheme} options={OPTIONS} onChange={setColorScheme} />
    </Card>
  );
}
