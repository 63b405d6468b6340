// The columns of the items table, in the order of the report contract.
import { createColumnHelper, tableFeatures } from '@tanstack/react-table';
import { groupColour } from '../../charts/colour.ts';
import { groupOf } from '../../charts/field.ts';
import { anatomyName, capital, modalityName, sentence } from '../../charts/names.ts';
import type { Row } from '../../core/row.ts';
import { valueName } from '../details/words.ts';
import { count, share } from '../numbers.ts';
import { Warn } from '../shell/icons.tsx';
import styles from './items.module.css';
import { Picture } from './thumbnail.tsx';
import type { Thumbnails } from './thumbnails.ts';

export const features = tableFeatures({});
const helper = createColumnHelper<typeof features, Row>();

export function columnsOf(pictures: Thumbnails) {
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
    helper.accessor('features', { header: 'Features', cell: ({ row }) => row.original.features.map(capital).join(', ') || <Dash /> }),
    helper.accessor('confidence', { header: 'Confidence', cell: ({ row }) => <Confidence row={row.original} /> }),
    helper.accessor('files', { header: 'Files', cell: ({ row }) => count(row.original.files) }),
  ]);
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
      <Picture id={row.id} pictures={pictures} />
      <span className={styles.names}>
        <span className={styles.name} title={row.name}>
          {row.name}
        </span>
        <span className={styles.under} title={under}>
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
