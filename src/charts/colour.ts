// One colour for a modality group everywhere, in light and dark. Text on them is outlined, so they need only stand out from the page (3:1).

const COLOURS: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  CT: ['#0e7490', '#38b6cf'],
  MRI: ['#6d4fc4', '#a48df0'],
  'X-ray': ['#3f6db5', '#7aa5e8'],
  Mammography: ['#b8487f', '#e585b3'],
  Ultrasound: ['#b0620f', '#e79c4c'],
  Nuclear: ['#a8432f', '#ec8a72'],
  Angiography: ['#8a3b53', '#d4809a'],
  Optical: ['#3d7d43', '#7cc083'],
  Other: ['#6c6a66', '#a09d97'],
  UNKNOWN: ['#85827c', '#7d7a75'],
};

/** CSS colour of a group; grey for one the vocabulary lacks. */
export function groupColour(group: string): string {
  const [light, dark] = COLOURS[group] ?? ['#6c6a66', '#a09d97'];
  return `light-dark(${light}, ${dark})`;
}
