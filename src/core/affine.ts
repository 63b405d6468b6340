// An affine in millimetres (voxel → patient) as the geometry of a header: direction cosines, first voxel, spacing; all LPS (PS3.3 C.7.6.2).
import type { Geometry } from './header.ts';

/** Three rows of four: voxel (i, j, k, 1) → millimetres. */
export type Affine = readonly (readonly number[])[];

/** Geometry from an affine; `ras` turns neuroimaging's right-anterior-superior into DICOM's left-posterior-superior. Nothing where it is singular. */
export function geometryOf(affine: Affine, { ras }: { ras: boolean }): Geometry {
  const flip = ras ? [-1, -1, 1] : [1, 1, 1];
  const column = (at: number): number[] => [0, 1, 2].map((row) => (affine[row]?.[at] ?? 0) * (flip[row] ?? 1));
  const axes = [column(0), column(1), column(2)];
  const spacingMm = axes.map((axis) => Math.hypot(...axis));
  const [x = 0, y = 0] = spacingMm;
  if (!(x > 0) || !(y > 0) || !spacingMm.every(Number.isFinite)) return {};
  const unit = (at: number): number[] => (axes[at] ?? []).map((value) => value / (spacingMm[at] ?? 1) + 0);
  const origin = column(3).map((value) => value + 0);
  return {
    orientation: [...unit(0), ...unit(1)],
    ...((spacingMm[2] ?? 0) > 0 ? { through: unit(2) } : {}),
    ...(origin.every(Number.isFinite) ? { positions: origin } : {}),
    spacingMm: (spacingMm[2] ?? 0) > 0 ? spacingMm : spacingMm.slice(0, 2),
  };
}
