/** How far a page is turned: lines of print pile up in rows when looked at along their direction. */

export type Points = { xs: Float32Array; ys: Float32Array };
/** `degrees` to turn the picture by (clockwise) so that its lines lie level; `sharpness` says how clear that is. */
export type Skew = { degrees: number; sharpness: number };

const WIDEST = 10;

/** The best small turn, −10 to 10 degrees. */
export function skewOf(points: Points): Skew {
  let best = { degrees: 0, sharpness: sharpnessAt(points, 0) };
  const level = best.sharpness;
  const look = (degrees: number) => {
    const sharpness = sharpnessAt(points, degrees);
    if (sharpness > best.sharpness) best = { degrees, sharpness };
  };
  // Steps as fine as the lines are long: between two of them no line of print may be smeared over the next.
  for (let degrees = -WIDEST; degrees <= WIDEST; degrees += 0.2) look(degrees);
  const near = best.degrees;
  for (let step = -4; step <= 4; step++) look(near + step * 0.05);
  return best.sharpness > level * 1.02 ? best : { degrees: 0, sharpness: level };
}

/** A picture's turn: `sideways` when the lines of print run up or down; then `degrees` is what remains after a quarter turn. */
export function turnOfPrint(points: Points): { degrees: number; sideways: boolean } {
  const level = skewOf(points);
  const upright = skewOf({ xs: points.ys, ys: points.xs.map((x) => -x) });
  const sideways = upright.sharpness > 1.25 * level.sharpness;
  return { degrees: (sideways ? upright : level).degrees, sideways };
}

/** Sum of squared differences between neighbouring rows after turning: high when rows are print or paper, nothing between. */
function sharpnessAt({ xs, ys }: Points, degrees: number): number {
  const slope = Math.tan((degrees * Math.PI) / 180);
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = 0; index < xs.length; index++) {
    const row = ys[index]! + xs[index]! * slope;
    if (row < least) least = row;
    if (row > most) most = row;
  }
  if (xs.length === 0) return 0;
  const rows = new Float64Array(Math.ceil(most - least) + 2);
  for (let index = 0; index < xs.length; index++)
    rows[Math.round(ys[index]! + xs[index]! * slope - least)]!++;
  let sum = 0;
  for (let index = 1; index < rows.length; index++) sum += (rows[index]! - rows[index - 1]!) ** 2;
  return sum;
}
