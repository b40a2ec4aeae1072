/** A drawing as the model was taught to see digits: 28 × 28 grey values, the strokes fitted into 20 × 20 and set by their centre of mass (LeCun et al., MNIST). */

/** Across and down, 0 to 1 each. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
export type Stroke = readonly Point[];

export const SIDE = 28;
/** Strokes' middles span at most this, so that with the pen's width they span 20. */
const SPAN = 17.5;
const PEN_RADIUS = 1.15;
/** A dot stays a dot: it is not blown up to a digit's size. */
const LARGEST_SCALE = 140;

/**
 * @returns 784 values, row after row; null where nothing was drawn
 * @example
 * rasterise([]) // null
 */
export function rasterise(strokes: readonly Stroke[]): Uint8Array<ArrayBuffer> | null {
  const points = strokes.flat();
  if (points.length === 0) return null;
  const [left, right] = extent(points.map(({ x }) => x));
  const [top, bottom] = extent(points.map(({ y }) => y));
  const scale = Math.min(LARGEST_SCALE, SPAN / Math.max(right - left, bottom - top, Number.EPSILON));
  const middle = (SIDE - 1) / 2;
  const fitted = strokes.map((stroke) =>
    stroke.map(({ x, y }) => ({ x: middle + (x - (left + right) / 2) * scale, y: middle + (y - (top + bottom) / 2) * scale })),
  );
  const mass = centreOf(paint(fitted));
  return paint(fitted.map((stroke) => stroke.map(({ x, y }) => ({ x: x + middle - mass.x, y: y + middle - mass.y }))));
}

function paint(strokes: readonly Stroke[]): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(SIDE * SIDE);
  for (const stroke of strokes) {
    stroke.forEach((point, i) => paintSegment(pixels, stroke[Math.max(0, i - 1)], point));
  }
  return pixels;
}

function paintSegment(pixels: Uint8Array, from: Point, to: Point): void {
  const reach = PEN_RADIUS + 1;
  const first = (a: number, b: number) => Math.max(0, Math.floor(Math.min(a, b) - reach));
  const last = (a: number, b: number) => Math.min(SIDE - 1, Math.ceil(Math.max(a, b) + reach));
  for (let y = first(from.y, to.y); y <= last(from.y, to.y); y++) {
    for (let x = first(from.x, to.x); x <= last(from.x, to.x); x++) {
      const ink = Math.min(1, Math.max(0, PEN_RADIUS + 0.5 - distance({ x, y }, from, to)));
      pixels[y * SIDE + x] = Math.max(pixels[y * SIDE + x], Math.round(255 * ink));
    }
  }
}

/** From a point to the nearest point of a segment. */
function distance({ x, y }: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / square));
  return Math.hypot(x - from.x - along * dx, y - from.y - along * dy);
}

function centreOf(pixels: Uint8Array): Point {
  let [x, y, mass] = [0, 0, 0];
  pixels.forEach((value, i) => {
    x += value * (i % SIDE);
    y += value * Math.floor(i / SIDE);
    mass += value;
  });
  return { x: x / mass, y: y / mass };
}

function extent(values: readonly number[]): readonly [number, number] {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}
