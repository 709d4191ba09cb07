import { ROLE_LABELS } from "#buildings/role-labels.ts";

const LABELS: Readonly<Record<string, string | undefined>> = ROLE_LABELS;

/** What a point does, in words: "Heating setpoint"; one we do not know as its name reads. */
export function roleWords(role: string): string {
  const words = LABELS[role] ?? role.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
