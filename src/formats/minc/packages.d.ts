// jsfive ships no types; this is what is used of it.
declare module 'jsfive' {
  interface Node {
    readonly attrs: Readonly<Record<string, unknown>>;
    readonly shape?: readonly number[];
    readonly dtype?: string;
    readonly value?: ArrayLike<number>;
    readonly keys?: readonly string[];
  }
  export class File {
    constructor(buffer: ArrayBuffer, name: string);
    get(path: string): Node;
  }
}
