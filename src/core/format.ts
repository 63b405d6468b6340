// A format: what bytes mean. Header first, pixels when asked.
import type { Claim, Glimpse } from './claim.ts';
import type { Drawing } from './drawing.ts';
import type { Bytes } from './entry.ts';
import type { Header } from './header.ts';
import type { Pixels } from './pixels.ts';

export interface OpenFile {
  readonly path: string;
  readonly bytes: Bytes;
  /** A neighbour by its name in the same folder (any letter case), or undefined. Names that try to leave the folder find nothing. */
  beside(name: string): OpenFile | undefined;
}

/** One line of the Tags tab; sequences nest. */
export interface TagNode {
  /** (0010,0010) or the format's own field name. */
  readonly tag: string;
  readonly keyword: string;
  readonly vr?: string | undefined;
  /** Text as a person reads it, cut at 1,024 characters; absent for sequences. */
  readonly value?: string | undefined;
  readonly items?: readonly (readonly TagNode[])[] | undefined;
}

export interface Format {
  readonly id: string;
  claim(glimpse: Glimpse): Claim;
  /** Whether a file of this name may need neighbours (an .hdr, a detached header): it is read after its folder is listed. */
  detached?(path: string): boolean;
  /** Reads the header by prefixes and ranges, never the whole file if it can help it. Throws Unreadable. */
  read(file: OpenFile): Promise<Header>;
  /** Decodes frames [first, first + count); count Infinity = all. Sizes are checked before allocation. Throws Unreadable. */
  pixels?(file: OpenFile, span: { header: Header; first: number; count: number }): Promise<Pixels>;
  /** What a mask holds beside its pixels: segments and where their frames lie, contours, names of labels. Undefined where the file says nothing of it. Throws Unreadable. */
  drawing?(file: OpenFile): Promise<Drawing | undefined>;
  /** Every tag of the header, for people. */
  tags?(file: OpenFile): Promise<readonly TagNode[]>;
}

/** Decoded bytes that may be allocated for one request. */
export const PIXEL_BUDGET = 2 ** 30;
