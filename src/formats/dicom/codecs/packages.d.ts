// The codec packages ship no types; what is used of them is checked at run time in wasm.ts.
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs';
declare module '@cornerstonejs/codec-openjph/wasmjs';
declare module '@cornerstonejs/codec-charls/decodewasmjs';
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs';
declare module '@cornerstonejs/codec-libjxl/decodewasmjs';
declare module 'dcmjs/dictionary' {
  export const dictionary: Readonly<Record<string, { readonly tag: string; readonly vr: string; readonly name: string }>>;
}
