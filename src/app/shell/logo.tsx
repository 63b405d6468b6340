// The diamond: a facet within a facet.
export function Mark() {
  return (
    <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <path d="M12 2l10 10-10 10L2 12z" fill="none" stroke="var(--m-accent)" strokeWidth="2" strokeLinejoin="round" />
      <path d="M12 8l4 4-4 4-4-4z" fill="light-dark(#d98f3a, #f2b872)" />
    </svg>
  );
}
