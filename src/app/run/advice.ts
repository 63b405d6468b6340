// What a person can do about a run that failed, by its code. The sentence before it says what and why.

const ADVICE: Readonly<Record<string, string>> = {
  'E-CORS': 'Download the file and drop it on the start page, or ask the host to send Access-Control-Allow-Origin.',
  'E-NETWORK': 'Check the address and your connection, then try again.',
  'E-NOTFOUND': 'Check the address: open it in another tab to see whether the host still has it.',
  'E-DENIED':
    'It may need a sign-in, have expired, or lie where only you can reach it. Download the data and drop it on the start page, or ask for a new link.',
  'E-429': 'Wait a few minutes and try again; what was read is kept.',
  'E-SERVER': 'The host has a problem of its own. Try again later.',
  'E-HTML': 'Open the link, sign in if it asks for that, and copy the address of the download itself.',
  'E-NORANGE': 'Download the file and drop it on the start page.',
  'E-CHANGED': 'The file changed while it was read. Try again.',
  'E-EMPTY': 'There is nothing in it. Check that the upload to the host was complete.',
  'E-TRUNCATED': 'Its end is missing: it was probably not uploaded or downloaded completely. Fetch it again.',
  'E-CRC': 'The archive is damaged. Fetch it again, or ask who made it.',
  'E-ENCRYPTED': 'Unpack it with its password and drop the folder on the start page.',
  'E-BOMB': 'It would unpack to far more than it seems. If you trust it, unpack it yourself and drop the folder on the start page.',
  'E-OVERLAP':
    'Its entries lie over each other, as in files made to do harm. If you trust it, unpack it yourself and drop the folder on the start page.',
  'E-NAME': 'Unpack it yourself and drop the folder on the start page.',
  'E-DEPTH': 'Unpack the innermost archives yourself and drop the folder on the start page.',
  'E-MALFORMED': 'It may be damaged: fetch it again, or open it with the program that made it.',
  'E-HUNG': 'Try again; if it hangs again, convert the file with the program that made it.',
  'E-CRASHED': 'Try again. If it happens again, this file is too much for this browser: try another one, or parts of the dataset.',
  'E-GONE': 'Browsers forget files of this computer: choose the same folder again.',
  'E-LIMIT': 'Analyse parts of it one at a time.',
  'E-TOOBIG': 'Analyse parts of it one at a time.',
  'E-UNSUPPORTED': 'Convert it to DICOM, NIfTI, NRRD, MetaImage, TIFF, PNG or JPEG, or unpack it first.',
  'E-FULL': 'Delete old runs in the settings or free disk space; then this run goes on where it was.',
  'E-QUOTA': 'Delete old runs in the settings, or export what you need and start again.',
};

export function advice(code: string | undefined): string {
  return (code && ADVICE[code]) ?? 'Try again. If it happens again, download the data and drop it on the start page.';
}
