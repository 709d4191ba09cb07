import { Menu } from "@mantine/core";
import { Icon } from "#web/parts/icon.tsx";

interface ChoiceProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly string[];
  readonly onChange: (value: string | undefined) => void;
}

/** One of a few names, or all of them. */
export function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <Menu position="bottom-start" offset={4}>
      <Menu.Target>
        <button type="button" className="ctl">
          {label}: {value ?? "all"}
          <Icon name="down" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item data-chosen={value === undefined} onClick={() => onChange(undefined)}>
          all
        </Menu.Item>
        {options.map((option) => (
          <Menu.Item key={option} data-chosen={option === value} onClick={() => onChange(option)}>
            {option}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
