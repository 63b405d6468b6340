// The masks by name under the picture: all or each on and off, and how strong their fill is.
import type { Layer } from './layers.ts';
import css from './slice-view.module.css';
import type { Overlay } from './use-overlay.ts';

export function OverlayBar({ overlay }: { overlay: Overlay }) {
  const { layers, on, hidden, fill } = overlay;
  if (!layers.length) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame of its own
    <div role="group" aria-label="Outlines" className={css.overlayBar}>
      <button type="button" className={css.textButton} aria-pressed={on} title="All outlines on or off (m)" onClick={overlay.switchAll}>
        Outlines
      </button>
      <label className={css.fill}>
        <span>Fill</span>
        <input
          type="range"
          aria-label="Strength of the fill"
          aria-valuetext={`${Math.round(fill * 100)} %`}
          min={0}
          max={100}
          step={5}
          value={Math.round(fill * 100)}
          disabled={!on}
          onChange={(event) => overlay.setFill(Number(event.target.value) / 100)}
        />
      </label>
      <div className={css.layers}>
        {layers.toReversed().map((layer) => (
          <button
            key={layer.id}
            type="button"
            className={css.layer}
            aria-pressed={on && !hidden.has(layer.id)}
            title={`${layer.name}: on or off`}
            onClick={() => overlay.switchOne(layer.id)}
          >
            <LineSample layer={layer} />
            {layer.name}
          </button>
        ))}
      </div>
    </div>
  );
}

/** Colour and line as on the picture, on its black ground. */
export function LineSample({ layer }: { layer: Pick<Layer, 'colour' | 'dash' | 'line'> }) {
  return (
    <svg className={css.sample} viewBox="0 0 26 14" width="26" height="14" aria-hidden="true">
      <rect width="26" height="14" rx="3" fill="#000" />
      <path d="M3 7h20" stroke={layer.colour} strokeWidth={Math.max(1.5, layer.line)} strokeDasharray={layer.dash.join(' ')} />
    </svg>
  );
}
