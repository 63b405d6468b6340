// Decoded stored values of one or more frames: before rescale, window or inversion.

export type Samples =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

export interface Pixels {
  readonly columns: number;
  readonly rows: number;
  /** Frames held in `data`, in file order (for a volume: slices, then times). */
  readonly frames: number;
  /** 1, or 3 interleaved as RGB (YBR already converted), or 4 where a raster has real transparency. */
  readonly samples: number;
  /** Order: frame, row, column, sample. The stored container type; palette = indices; 1-bit = one byte a sample. */
  readonly data: Samples;
  readonly photometric: 'MONOCHROME1' | 'MONOCHROME2' | 'RGB' | 'PALETTE';
  /** RGB triples 0–255 for PALETTE. */
  readonly palette?: Uint8Array | undefined;
  readonly slope: number;
  readonly intercept: number;
  /** From the file, in rescaled units. */
  readonly windowCenter?: number | undefined;
  readonly windowWidth?: number | undefined;
  readonly lossy?: boolean | undefined;
}
