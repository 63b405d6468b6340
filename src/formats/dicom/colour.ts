// YBR → RGB (PS3.3 C.7.6.3.1.2), in place.
import type { Samples } from '../../core/pixels.ts';

type Triples = Uint8Array | Uint16Array;

const clamp = (value: number, top: number) => (value < 0 ? 0 : value > top ? top : Math.floor(value + 0.5));

function fromFull(data: Triples, top: number, middle: number): void {
  for (let i = 0; i + 2 < data.length; i += 3) {
    const y = data[i]!;
    const cb = data[i + 1]! - middle;
    const cr = data[i + 2]! - middle;
    data[i] = clamp(y + 1.402 * cr, top);
    data[i + 1] = clamp(y - 0.344136 * cb - 0.714136 * cr, top);
    data[i + 2] = clamp(y + 1.772 * cb, top);
  }
}

/** Luminance from 16 to 235, chroma from 16 to 240. */
function fromPartial(data: Triples, top: number, middle: number): void {
  const unit = (top + 1) / 256;
  for (let i = 0; i + 2 < data.length; i += 3) {
    const y = 1.1644 * (data[i]! - 16 * unit);
    const cb = data[i + 1]! - middle;
    const cr = data[i + 2]! - middle;
    data[i] = clamp(y + 1.596 * cr, top);
    data[i + 1] = clamp(y - 0.3917 * cb - 0.813 * cr, top);
    data[i + 2] = clamp(y + 2.0173 * cb, top);
  }
}

/** Converts interleaved YBR triples of `bits` stored bits to RGB where the photometric interpretation is a YBR one. */
export function toRgb(data: Samples, photometric: string, bits: number): void {
  if (!(data instanceof Uint8Array || data instanceof Uint16Array)) return;
  const top = 2 ** bits - 1;
  const middle = 2 ** (bits - 1);
  if (/^YBR_PARTIAL/.test(photometric)) fromPartial(data, top, middle);
  else if (/^YBR_FULL/.test(photometric)) fromFull(data, top, middle);
}
