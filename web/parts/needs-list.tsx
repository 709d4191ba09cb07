/** What is not set yet, in words; nothing where all is. */
export function NeedsList({ needs }: { needs: readonly string[] }) {
  if (needs.length === 0) return null;
  return (
    <ul className="needs-list">
      {needs.map((need) => (
        <li key={need}>{need}</li>
      ))}
    </ul>
  );
}
