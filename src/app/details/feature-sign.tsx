// A sign for what is known of a feature, always beside its words: a tick, a cross bar, a question mark, an empty ring.
import type { FeatureState } from '../../charts/field.ts';

const PATHS: Readonly<Record<FeatureState, string>> = {
  present: 'M7.5 12.5l3 3 6-6.5',
  absent: 'M8 12h8',
  unsure: 'M9.7 9.6a2.4 2.4 0 1 1 3.3 2.2c-.7.3-1 .8-1 1.6M12 16.2h.01',
  unexamined: '',
};

/** `colour`: CSS, of its kind. */
export function FeatureSign({ state, colour }: { state: FeatureState; colour: string }) {
  const filled = state === 'present';
  return (
    <svg
      viewBox="0 0 24 24"
      width="18"
      height="18"
      fill="none"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ color: colour, flex: 'none' }}
    >
      <circle
        cx="12"
        cy="12"
        r="9.5"
        fill={filled ? 'currentColor' : 'none'}
        stroke={state === 'unexamined' ? 'var(--m-line-strong)' : 'currentColor'}
        strokeDasharray={state === 'unexamined' ? '3 3.6' : undefined}
      />
      <path d={PATHS[state]} stroke={filled ? 'var(--m-card)' : 'currentColor'} />
    </svg>
  );
}
