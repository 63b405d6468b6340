// A path as words: folders and name without endings, and without the parts that look like hashes, UIDs, dates and running numbers.

/** Endings that name a format, archives among them; they say nothing about what a picture shows. */
const ENDINGS =
  /(\.(nii|hdr|img|head|brik|par|rec|mnc|mgz|mgh|nrrd|nhdr|mha|mhd|raw|zraw|dcm|dicom|ima|png|jpe?g|jp2|tiff?|gif|bmp|webp|svs|ndpi|zip|tar|tgz|gz|bz2|xz|7z|npy|h5|mat|avi|mp4|json|csv|tsv))+(!?)$/i;
const UID = /^\d+(\.\d+){3,}$/;

/** Parts from the outermost folder to the file name. */
export function partsOf(path: string): string[] {
  return path
    .split('/')
    .map((part) => part.replace(/!$/, '').replace(ENDINGS, ''))
    .filter((part) => part !== '' && part !== '.' && !UID.test(part))
    .map(withoutNoise);
}

/** Takes out tokens of hashes: long runs that mix letters and digits, or hex. */
function withoutNoise(part: string): string {
  return part.replace(/[\p{L}\p{N}]+/gu, (token) => (isNoise(token) ? ' ' : token));
}

function isNoise(token: string): boolean {
  if (/^\d+$/.test(token)) return token.length > 3;
  if (/^[0-9a-f]{6,}$/i.test(token) && /\d/.test(token)) return true;
  const switches = token.match(/\d+|\p{L}+/gu)?.length ?? 1;
  return token.length >= 10 && switches >= 4;
}
