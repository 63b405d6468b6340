// The part of pako 2.2 that inflate.ts uses; the package ships no types.
declare module 'pako' {
  export class Inflate {
    constructor(options?: { raw?: boolean; windowBits?: number; chunkSize?: number });
    readonly err: number;
    readonly msg: string;
    readonly ended: boolean;
    readonly strm: { readonly avail_in: number; readonly next_in: number };
    onData: (chunk: Uint8Array) => void;
    /** 2 = sync flush: everything decoded so far is handed out. */
    push(data: Uint8Array, flush: number): boolean;
  }
}
