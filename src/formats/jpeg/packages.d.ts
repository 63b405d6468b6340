// The codec ships no types; what is used of it is checked at run time in decode.ts.
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs';
