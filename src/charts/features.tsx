// What was looked for and what was found: tumours, lesions, vessels. A line for each kind, cut into present, not found and not examined.
import { FEATURE_KINDS, type FeatureKind } from '../core/evidence.ts';
import { type Chart, type Counting, type DrawProps, type Slice, type Tally, tallyBy } from './chart.ts';
import { foundColour } from './colour.ts';
import { FEATURE_STATES, type FeatureState, FIELDS, featureOf, featureValue } from './field.ts';
import styles from './marks/features.module.css';
import { countText, Mark } from './marks/mark.tsx';
import { walkMarks } from './marks/walk.ts';
import { capital, featureName, percent, STATE_NAMES } from './names.ts';

/** As they are spoken of in a sentence. */
const MANY: Readonly<Record<FeatureKind, string>> = { tumour: 'tumours', lesion: 'other lesions', vessels: 'vessels' };
const VALUES = FEATURE_KINDS.flatMap((kind) => FEATURE_STATES.map((state) => featureValue(kind, state)));

function countOf({ slices }: Tally, kind: FeatureKind, state: FeatureState): number {
  return slices.find(({ value }) => value === featureValue(kind, state))?.count ?? 0;
}

/** "Tumours: looked for in 112 of 400 items, found in 44." */
function sentence(data: Tally, { kind, counting }: { kind: FeatureKind; counting: Counting }): string | undefined {
  const examined = data.total - countOf(data, kind, 'unexamined');
  if (!examined) return undefined;
  const found = countOf(data, kind, 'present');
  const where = examined === data.total ? `all ${counting}` : `${countText(examined)} of ${countText(data.total)} ${counting}`;
  return `${capital(MANY[kind])}: looked for in ${where}, ${found ? `found in ${countText(found)}` : 'found in none'}.`;
}

export default {
  id: 'feature',
  title: 'Features',
  order: 40,
  always: true,
  note: 'Research use, not a diagnosis.',
  tally(rows, counting) {
    const { counts, total } = tallyBy(rows, { counting, valuesOf: FIELDS.feature });
    const slices = VALUES.flatMap((value): Slice[] => {
      const count = counts.get(value);
      return count ? [{ value, count, name: featureName(value), colour: foundColour(featureOf(value)?.kind ?? '') }] : [];
    });
    return { slices, total };
  },
  summary(data, counting) {
    const told = FEATURE_KINDS.flatMap((kind) => sentence(data, { kind, counting }) ?? []);
    if (!told.length) return `No tumours, other lesions or vessels were looked for in these ${counting}.`;
    const others = FEATURE_KINDS.filter((kind) => !sentence(data, { kind, counting })).map((kind) => MANY[kind]);
    return [...told, ...(others.length ? [`Not looked for: ${others.join(', ')}.`] : [])].join(' ');
  },
  Draw,
} satisfies Chart;

function Draw(props: DrawProps) {
  const { slices, total } = props.data;
  const [first] = slices;
  const states = FEATURE_STATES.filter((state) => slices.some(({ value }) => featureOf(value)?.state === state));
  return (
    <>
      <ul className={styles.kinds} onKeyDown={walkMarks}>
        {FEATURE_KINDS.map((kind) => (
          <li key={kind} className={styles.kind}>
            <span className={styles.kindName}>{capital(kind)}</span>
            <div className={styles.stack}>
              {slices.flatMap((slice) => {
                const feature = featureOf(slice.value);
                if (feature?.kind !== kind) return [];
                const { state } = feature;
                return (
                  <Mark
                    key={slice.value}
                    {...props}
                    slice={slice}
                    first={slice === first}
                    className={styles.piece}
                    style={{ flexGrow: slice.count / Math.max(1, total) }}
                  >
                    <span className={styles.bar} data-state={state} style={{ color: slice.colour }} />
                    <span className={styles.count}>{countText(slice.count)}</span>
                    <span className="m-hidden">
                      {slice.name}
                      {state === 'present' ? ' present' : ''}, {percent(slice.count, total)}
                    </span>
                  </Mark>
                );
              })}
            </div>
          </li>
        ))}
      </ul>
      <p className={styles.legend} aria-hidden="true">
        {states.map((state) => (
          <span key={state}>
            <span className={styles.swatch} data-state={state} />
            {STATE_NAMES[state]}
          </span>
        ))}
      </p>
    </>
  );
}
