// Eigenvalues of a symmetric 3 × 3 matrix in closed form (O. K. Smith, Communications of the ACM 4, 1961).

/** Upper triangle of a Hessian. */
export interface Hessian {
  xx: number;
  yy: number;
  zz: number;
  xy: number;
  xz: number;
  yz: number;
}

const THIRD = (2 * Math.PI) / 3;

/** Writes the eigenvalues into `out`, largest first. */
export function eigenvalues({ xx, yy, zz, xy, xz, yz }: Hessian, out: Float64Array): void {
  const off = xy * xy + xz * xz + yz * yz;
  const mean = (xx + yy + zz) / 3;
  const [a, b, c] = [xx - mean, yy - mean, zz - mean];
  const p = Math.sqrt((a * a + b * b + c * c + 2 * off) / 6);
  if (!(p > 0)) {
    out.fill(mean);
    return;
  }
  const determinant = a * (b * c - yz * yz) - xy * (xy * c - yz * xz) + xz * (xy * yz - b * xz);
  const angle = Math.acos(Math.min(1, Math.max(-1, determinant / (2 * p * p * p)))) / 3;
  const first = mean + 2 * p * Math.cos(angle);
  const last = mean + 2 * p * Math.cos(angle + THIRD);
  out[0] = first;
  out[1] = 3 * mean - first - last;
  out[2] = last;
}
