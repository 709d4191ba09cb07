export function PlantPage() {
  return null;
}
