// The part of pako 2.2 that inflate.ts uses; the package ships no types.
declare module 'pako' {
  export class Inflate {
    constructor(options?: { raw?: boolean; windowBits?: number; chunkSize?: number });
    readonly err: number;
    readonly msg: string;
    readonly ended: boolean;
    /** Unpacked bytes that were not handed out yet: the first `next_out` of `output`. */
    readonly strm: { readonly output: Uint8Array; readonly next_out: number };
    onData: (chunk: Uint8Array) => void;
    /** 2 = sync flush: everything decoded so far is handed out. */
    push(data: Uint8Array, flush: number): boolean;
  }
}
