import { Menu } from "@mantine/core";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

/** A button that opens a menu; its items are the children. */
export function MenuButton({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Menu position="bottom-end" offset={4}>
      <Menu.Target>
        <button type="button" className="ctl">
          {label}
          <Icon name="down" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
