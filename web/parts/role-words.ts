/** Roles whose name does not read as words by itself. */
const WORDS: Readonly<Record<string, string>> = {
  "space-temp": "Space temperature",
  "effective-setpoint": "Setpoint",
  "effective-heating-setpoint": "Heating setpoint",
  "effective-cooling-setpoint": "Cooling setpoint",
  "space-co2": "Space CO₂",
  flow: "Airflow",
  "flow-setpoint": "Airflow setpoint",
  "min-flow-setpoint": "Minimum airflow setpoint",
  "max-flow-setpoint": "Maximum airflow setpoint",
  "damper-position": "Damper",
  "discharge-air-temp": "Discharge air",
  "mixed-air-temp": "Mixed air",
  "return-air-temp": "Return air",
  "outdoor-air-temp": "Outdoor air",
};

/** What a point does, in words: "Heating setpoint"; one we do not know as its name reads. */
export function roleWords(role: string): string {
  const known = WORDS[role];
  if (known !== undefined) return known;
  const words = role.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
