// The columns of the items table, in the order of the report contract.
import { createColumnHelper, tableFeatures } from '@tanstack/react-table';
import { foundColour, groupColour } from '../../charts/colour.ts';
import { groupOf } from '../../charts/field.ts';
import { anatomyName, capital, modalityName, STATE_NAMES, sentence } from '../../charts/names.ts';
import type { Row } from '../../core/row.ts';
import { FeatureSign } from '../details/feature-sign.tsx';
import { sizeInWords } from '../details/feature-words.ts';
import { valueName } from '../details/words.ts';
import { count, share } from '../numbers.ts';
import { Warn } from '../shell/icons.tsx';
import styles from './items.module.css';
import { COLUMN_NAMES, type OptionalColumn } from './order.ts';
import { Picture } from './thumbnail.tsx';
import type { Thumbnails } from './thumbnails.ts';

export const features = tableFeatures({});
const helper = createColumnHelper<typeof features, Row>();

/** `extra`: optional columns that are asked for. */
export function columnsOf(pictures: Thumbnails, extra: readonly OptionalColumn[] = []) {
  return helper.columns([
    helper.accessor('name', { header: 'Name', cell: ({ row }) => <Name row={row.original} pictures={pictures} /> }),
    helper.accessor('dimension', {
      header: 'Dimension',
      cell: ({ row }) => <Label value={row.original.dimension} name={sentence(row.original.dimension)} />,
    }),
    helper.accessor('modality', { header: 'Modality', cell: ({ row }) => <Modality code={row.original.modality} /> }),
    helper.accessor('anatomy', {
      header: 'Anatomy',
      cell: ({ row }) => <Label value={row.original.anatomy} name={anatomyName(row.original.anatomy)} />,
    }),
    helper.accessor('features', { header: 'Features', cell: ({ row }) => <Features row={row.original} /> }),
    ...(extra.includes('size')
      ? [
          helper.accessor('size', {
            header: COLUMN_NAMES.size,
            cell: ({ row: { original } }) => (original.size ? sizeInWords(original.size) : <Dash />),
          }),
        ]
      : []),
    ...(extra.includes('dice')
      ? [helper.accessor('dice', { header: COLUMN_NAMES.dice, cell: ({ row: { original } }) => original.dice?.toFixed(2) ?? <Dash /> })]
      : []),
    helper.accessor('confidence', { header: 'Confidence', cell: ({ row }) => <Confidence row={row.original} /> }),
    helper.accessor('files', { header: 'Files', cell: ({ row }) => count(row.original.files) }),
  ]);
}

/** With sign and word; what was looked for in vain is told from what nobody looked at. */
function Features({ row }: { row: Row }) {
  const { features: present, absent = [], unsure = [] } = row;
  if (present.length) return <Present kinds={present} />;
  const [state, kinds] = unsure.length ? (['unsure', unsure] as const) : (['absent', absent] as const);
  if (!kinds.length)
    return (
      <span className={styles.none}>
        <span aria-hidden="true">–</span>
        <span className="m-hidden">not examined</span>
      </span>
    );
  return (
    <span className={styles.looked} title={`${STATE_NAMES[state]}: ${kinds.join(', ')}`}>
      <FeatureSign state={state} colour="var(--m-muted)" />
      {STATE_NAMES[state]}
    </span>
  );
}

function Present({ kinds }: { kinds: Row['features'] }) {
  return kinds.map((kind) => (
    <span key={kind} className={styles.found}>
      <FeatureSign state="present" colour={foundColour(kind)} />
      {capital(kind)}
    </span>
  ));
}

function Dash() {
  return (
    <span className={styles.none}>
      <span aria-hidden="true">–</span>
      <span className="m-hidden">none</span>
    </span>
  );
}

function Name({ row, pictures }: { row: Row; pictures: Thumbnails }) {
  const under = [row.shape.join(' × '), row.sequence, row.path].filter((text) => text && text !== row.name).join(' · ');
  return (
    <>
      <Picture id={row.id} stamp={row.features.join()} pictures={pictures} />
      <span className={styles.names}>
        <span className={styles.name} title={row.name}>
          {row.name}
        </span>
        <span className={styles.under} title={under}>
          {row.features.length ? (
            <span className={styles.foundUnder}>
              <Present kinds={row.features} />
            </span>
          ) : null}
          {row.differs?.length ? <Differs on={row.differs} /> : null}
          {under}
        </span>
      </span>
    </>
  );
}

/** In words as well as by its sign: header and picture disagree. */
function Differs({ on }: { on: readonly string[] }) {
  return (
    <span className={styles.differs} title={`Header and picture disagree: ${on.join(', ')}`}>
      <Warn />
      Picture disagrees: {on.join(', ')}
    </span>
  );
}

function Label({ value, name }: { value: string; name: string }) {
  return value === 'UNKNOWN' ? <span className={styles.unsure}>{name}</span> : name;
}

function Modality({ code }: { code: string }) {
  return (
    <>
      <span className={styles.dot} style={{ background: groupColour(groupOf(code)) }} />
      <span title={valueName('modality', code)}>
        <Label value={code} name={modalityName(code)} />
      </span>
    </>
  );
}

function Confidence({ row }: { row: Row }) {
  return (
    <>
      {row.confidence > 0 ? share(row.confidence) : <Dash />}
      {row.conflict && (
        <span className={styles.conflict} title="Pieces of evidence disagree">
          <Warn />
          <span className="m-hidden">evidence disagrees</span>
        </span>
      )}
    </>
  );
}
