import { Button } from "@mantine/core";
import { useState } from "react";
import { Icon } from "./icon.tsx";

/** Copies a text; says whether it worked, because a page without HTTPS may not be allowed to. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [said, setSaid] = useState<string>();
  const copy = async () => {
    setSaid((await copied(text)) ? "Copied" : "Select it and press Ctrl C");
    setTimeout(() => setSaid(undefined), 3000);
  };
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<Icon name={said === "Copied" ? "check" : "copy"} />}
      onClick={() => void copy()}
      aria-live="polite"
    >
      {said ?? label}
    </Button>
  );
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

/** The old way works on plain HTTP within a house, where the clipboard of the new way is closed. */
function copiedBySelection(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
