// dcmjs ships no types; this is what the tests read with.
declare module 'dcmjs' {
  export const data: {
    readonly DicomMessage: { readFile(bytes: ArrayBuffer): { readonly dict: unknown } };
    readonly DicomMetaDictionary: { naturalizeDataset(dict: unknown): unknown };
  };
}
