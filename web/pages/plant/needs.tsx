/** What is not set of the plant yet, in the server's words; nothing where all is set. */
export function Needs({ needs }: { needs: readonly string[] }) {
  if (needs.length === 0) return null;
  return (
    <section className="card needs" aria-label="What is not set yet">
      <ul>
        {needs.map((need) => (
          <li key={need}>
            <span className="q suspect">{need}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
