// The outlines of one kind in an item: name, maker, measures, agreement with the mask in the data, and the way to it on the picture.
import type { Item } from '../../core/item.ts';
import type { Outline } from '../../core/outline.ts';
import { fullest } from '../../viewer/layers.ts';
import { nameOfMask } from '../../viewer/mask-look.ts';
import { LineSample } from '../../viewer/overlay-bar.tsx';
import type { Overlay } from '../../viewer/use-overlay.ts';
import { diceInWords, furtherOutlines, measuresOf } from './feature-words.ts';
import css from './found.module.css';
import { MakerLink } from './maker-link.tsx';
import { inWords } from './words.ts';

interface OutlinesProps {
  readonly item: Item;
  readonly outlines: readonly { readonly outline: Outline; readonly index: number }[];
  readonly overlay: Overlay | undefined;
}

const SHOWN = 3;

export function Outlines({ item, outlines, overlay }: OutlinesProps) {
  if (!outlines.length) return null;
  const line = ({ outline, index }: OutlinesProps['outlines'][number]) => (
    <OutlineLine key={index} item={item} outline={outline} index={index} overlay={overlay} />
  );
  const rest = outlines.slice(SHOWN);
  return (
    <>
      <ul className={css.outlines}>{outlines.slice(0, SHOWN).map(line)}</ul>
      {rest.length ? (
        <details className={css.more}>
          <summary>{furtherOutlines(rest.length)}</summary>
          <ul className={css.outlines}>{rest.map(line)}</ul>
        </details>
      ) : null}
    </>
  );
}

function OutlineLine({ item, outline, index, overlay }: { item: Item; outline: Outline; index: number; overlay: Overlay | undefined }) {
  const layer = overlay?.layers.find((one) => one.index === index);
  const name = nameOfMask(outline);
  const show = () => {
    if (!layer || !overlay) return;
    if (!overlay.on || overlay.hidden.has(layer.id)) overlay.reveal(layer.id);
    const slice = fullest(layer.counts);
    if (slice !== undefined) overlay.goTo(slice);
  };
  return (
    <li className={css.outline}>
      <div className={css.outlineHead}>
        {layer ? <LineSample layer={layer} /> : null}
        <span className={css.outlineName}>{name}</span>
        <span className={css.by}>
          {outline.from === 'file' ? (
            <>
              in the data: <span title={outline.by}>{outline.by.split('/').at(-1)}</span>
            </>
          ) : (
            <>
              {outline.probability === null ? null : `${inWords(outline.probability)} · `}
              <MakerLink by={outline.by} />
            </>
          )}
        </span>
        {layer ? (
          <button type="button" className="m-quiet" aria-label={`Show ${name} in the picture`} onClick={show}>
            Show
          </button>
        ) : null}
      </div>
      <dl className={css.measures}>
        {measuresOf(outline, item).map(([what, value]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {outline.dice === undefined ? null : (
          <div>
            <dt>{outline.from === 'file' ? 'Overlap with ours (Dice)' : 'Overlap with the data (Dice)'}</dt>
            <dd>{diceInWords(outline.dice)}</dd>
          </div>
        )}
      </dl>
    </li>
  );
}
