// What is around the picture: slice and time sliders, window presets, buttons. Plain HTML controls with names.
import type { ReactNode } from 'react';
import css from './slice-view.module.css';
import type { WindowState } from './use-window.ts';

interface SliderProps {
  readonly name: string;
  /** 0-based. */
  readonly value: number;
  readonly count: number;
  readonly onChange: (value: number) => void;
  /** Beside its name. */
  readonly children?: ReactNode;
  /** Above it, along its length. */
  readonly marks?: ReactNode;
  /** What a screen reader says beside the number. */
  readonly note?: string | undefined;
}

/** "57 / 140" beside its slider; nothing where there is only one. */
export function Slider({ name, value, count, onChange, children, marks, note }: SliderProps) {
  if (count < 2) return null;
  return (
    <div className={css.slider}>
      <span className={css.sliderName}>{name}</span>
      {children}
      <div className={css.track}>
        {marks}
        <input
          type="range"
          aria-label={name}
          aria-valuetext={`${value + 1} of ${count}${note ? `, ${note}` : ''}`}
          min={1}
          max={count}
          value={value + 1}
          onChange={(event) => onChange(Number(event.target.value) - 1)}
        />
      </div>
      <span className={css.count}>
        {value + 1} / {count}
      </span>
    </div>
  );
}

interface ToolbarProps {
  readonly windowing: WindowState;
  readonly invert: boolean;
  readonly onInvert: () => void;
  readonly onZoom: (factor: number) => void;
  readonly onFit: () => void;
  readonly onReset: () => void;
}

const shown = (value: number): string =>
  value.toLocaleString('en', { maximumSignificantDigits: Math.abs(value) >= 100 ? 4 : 3, useGrouping: false }).replace('-', '−');

export function Toolbar({ windowing, invert, onInvert, onZoom, onFit, onReset }: ToolbarProps) {
  const { window, presets, chosen } = windowing;
  return (
    <div className={css.toolbar}>
      {presets.length ? (
        <>
          <select aria-label="Window" className={css.select} value={chosen} onChange={(event) => windowing.choose(event.target.value)}>
            {chosen === 'custom' ? <option value="custom">Custom window</option> : null}
            {presets.map((preset) => (
              <option key={preset.id} value={preset.id}>
                {preset.name}
                {preset.window ? ` ${shown(preset.window.center)} / ${preset.window.width}` : ''}
              </option>
            ))}
          </select>
          <span className={css.numbers} title="Window centre / width">
            {shown(window.center)} / {shown(window.width)}
          </span>
        </>
      ) : null}
      <span className={css.space} />
      <button type="button" className={css.button} aria-pressed={invert} title="Invert (i)" aria-label="Invert" onClick={onInvert}>
        <Icon path="M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18" half />
      </button>
      <button type="button" className={css.button} title="Zoom out (−)" aria-label="Zoom out" onClick={() => onZoom(1 / 1.3)}>
        <Icon path="M5 12h14" />
      </button>
      <button type="button" className={css.button} title="Zoom in (+)" aria-label="Zoom in" onClick={() => onZoom(1.3)}>
        <Icon path="M5 12h14M12 5v14" />
      </button>
      <button type="button" className={css.button} title="Fit (=)" aria-label="Fit" onClick={onFit}>
        <Icon path="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" />
      </button>
      <button type="button" className={css.button} title="Reset (r)" aria-label="Reset" onClick={onReset}>
        <Icon path="M4 12a8 8 0 1 0 2.6-5.9M4 4v4.5h4.5" />
      </button>
    </div>
  );
}

export function PlayButton({ playing, onToggle }: { playing: boolean; onToggle: () => void }) {
  const name = playing ? 'Pause' : 'Play';
  return (
    <button type="button" className={css.button} aria-label={name} title={`${name} (space)`} onClick={onToggle}>
      <Icon path={playing ? 'M8 5v14M16 5v14' : 'M7 4.5v15l12-7.5z'} />
    </button>
  );
}

export function NextMarked({ what, onJump }: { what: string; onJump: () => void }) {
  const name = `Next marked ${what.toLowerCase()}`;
  return (
    <button type="button" className={css.button} aria-label={name} title={`${name} (n; back with Shift)`} onClick={onJump}>
      <Icon path="M5 6l6 6-6 6M18 5v14M14 9v6" />
    </button>
  );
}

function Icon({ path, half = false }: { path: string; half?: boolean }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width="18"
      height="18"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {half ? <path d="M12 3a9 9 0 1 0 0 18z" fill="currentColor" stroke="none" /> : null}
      <path d={path} />
    </svg>
  );
}
