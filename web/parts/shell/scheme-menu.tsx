import { Menu, useMantineColorScheme } from "@mantine/core";
import { Icon } from "#web/parts/icon.tsx";

export const SCHEMES = [
  { value: "auto", label: "Follow the system", icon: "system" },
  { value: "light", label: "Light", icon: "sun" },
  { value: "dark", label: "Dark", icon: "moon" },
] as const;

/** Light, dark, or what the device says; remembered in this browser. */
export function SchemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const current = SCHEMES.find((scheme) => scheme.value === colorScheme) ?? SCHEMES[0];
  return (
    <Menu position="bottom-end" offset={4}>
      <Menu.Target>
        <button type="button" className="ctl quiet" aria-label={`Theme: ${current.label}`} title={`Theme: ${current.label}`}>
          <Icon name={current.icon} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map((scheme) => (
          <Menu.Item
            key={scheme.value}
            data-chosen={scheme.value === colorScheme}
            leftSection={<Icon name={scheme.icon} />}
            onClick={() => setColorScheme(scheme.value)}
          >
            {scheme.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
