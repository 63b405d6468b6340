// The modules of a segmentation that say whose it is and who made it: patient, study, series, frame of reference, equipment (PS3.3 C.7).
import type { Original } from '../../core/export-task.ts';
import type { Element } from './elements.ts';

/** A UID of a random UUID (PS3.5 B.2). Not randomUUID: browsers have that only on pages that came by https or from this computer. */
export function newUid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return `2.25.${bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)}`;
}

/** What the first file of the images says at this tag, at the top of its data set; undefined where it is empty or not there. */
export function textOf({ tags, item }: Original, tag: number): string | undefined {
  if (item.format !== 'dicom') return undefined;
  const hex = tag.toString(16).padStart(8, '0').toUpperCase();
  const found = tags.find((node) => node.tag === `(${hex.slice(0, 4)},${hex.slice(4)})`)?.value?.trim();
  return found || undefined;
}

const ANONYMOUS = 'Anonymous';

/** Patient and General Study: copied, else anonymous. Elements that may be empty are there and empty. */
export function patientAndStudy(original: Original): Element[] {
  const copy = (tag: number, vr: string, other = ''): Element => [tag, vr, textOf(original, tag) ?? other];
  const study = textOf(original, 0x0020000d) ?? (original.item.format === 'dicom' ? original.item.tags.StudyInstanceUID : undefined);
  const description = textOf(original, 0x00081030);
  return [
    copy(0x00080020, 'DA'),
    copy(0x00080030, 'TM'),
    copy(0x00080050, 'SH'),
    copy(0x00080090, 'PN'),
    ...(description ? [[0x00081030, 'LO', description] as const] : []),
    copy(0x00100010, 'PN', ANONYMOUS),
    copy(0x00100020, 'LO', ANONYMOUS),
    copy(0x00100030, 'DA'),
    copy(0x00100040, 'CS'),
    [0x0020000d, 'UI', typeof study === 'string' ? study : newUid()],
    copy(0x00200010, 'SH'),
  ];
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Segmentation Series, Frame of Reference, General and Enhanced Equipment, and when the object was made. */
export function seriesAndEquipment({
  app,
  now,
  original,
  placed,
}: {
  app: string;
  now: Date;
  original: Original;
  placed: boolean;
}): Element[] {
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  const known = textOf(original, 0x00200052) ?? (original.item.format === 'dicom' ? original.item.tags.FrameOfReferenceUID : undefined);
  const frame = typeof known === 'string' ? known : placed ? newUid() : undefined;
  return [
    [0x00080012, 'DA', date],
    [0x00080013, 'TM', time],
    [0x00080023, 'DA', date],
    [0x00080033, 'TM', time],
    [0x00080060, 'CS', 'SEG'],
    [0x00080070, 'LO', 'Medley'],
    [0x0008103e, 'LO', 'Masks by Medley, research use'],
    [0x00081090, 'LO', 'Medley'],
    [0x00181000, 'LO', 'none'],
    [0x00181020, 'LO', app],
    [0x0020000e, 'UI', newUid()],
    [0x00200011, 'IS', '900'],
    [0x00200013, 'IS', '1'],
    ...(frame === undefined
      ? []
      : ([
          [0x00200052, 'UI', frame],
          [0x00201040, 'LO', textOf(original, 0x00201040) ?? ''],
        ] as const)),
  ];
}
