/** Ten drawings to begin with, for whoever does not want to draw, or cannot: each a few points that a smooth pen passes through. */
import type { Point, Stroke } from './rasterise.ts';

/** Points in hundredths of the drawing's side. */
const SAMPLES: readonly (readonly (readonly (readonly [number, number])[])[])[] = [
  [
    [
      [31, 32],
      [42, 29],
      [56, 28],
      [69, 31],
      [63, 43],
      [55, 56],
      [49, 68],
      [45, 79],
    ],
  ],
  [
    [
      [34, 36],
      [42, 27],
      [56, 27],
      [63, 37],
      [58, 50],
      [46, 63],
      [33, 76],
      [48, 75],
      [68, 74],
    ],
  ],
  [
    [
      [57, 24],
      [45, 31],
      [34, 44],
      [31, 60],
      [37, 73],
      [50, 78],
      [63, 71],
      [64, 58],
      [54, 51],
      [41, 55],
      [34, 65],
    ],
  ],
  [
    [
      [51, 23],
      [38, 31],
      [32, 48],
      [36, 66],
      [48, 77],
      [61, 70],
      [67, 52],
      [63, 33],
      [51, 23],
    ],
  ],
  [
    [
      [45, 24],
      [37, 39],
      [30, 56],
      [47, 57],
      [69, 56],
    ],
    [
      [60, 38],
      [58, 56],
      [55, 80],
    ],
  ],
  [
    [
      [34, 31],
      [48, 24],
      [62, 30],
      [61, 42],
      [47, 49],
      [62, 55],
      [66, 67],
      [54, 78],
      [38, 77],
      [31, 70],
    ],
  ],
  [
    [
      [63, 31],
      [52, 25],
      [39, 32],
      [41, 43],
      [52, 50],
      [63, 60],
      [61, 73],
      [48, 78],
      [36, 71],
      [40, 60],
      [53, 50],
      [63, 41],
      [63, 31],
    ],
  ],
  [
    [
      [66, 25],
      [52, 25],
      [39, 26],
      [37, 38],
      [36, 48],
      [50, 45],
      [62, 51],
      [65, 64],
      [57, 76],
      [43, 78],
      [33, 72],
    ],
  ],
  [
    [
      [64, 36],
      [55, 26],
      [41, 29],
      [36, 41],
      [45, 50],
      [58, 47],
      [64, 36],
      [63, 52],
      [59, 66],
      [54, 79],
    ],
  ],
  [
    [
      [52, 22],
      [51, 41],
      [49, 60],
      [47, 79],
    ],
  ],
];

export const SAMPLE_COUNT = SAMPLES.length;
/** Points between two given ones. */
const BETWEEN = 6;

export function sampleDrawing(index: number): readonly Stroke[] {
  return SAMPLES[index % SAMPLES.length].map((points) => smooth(points.map(([x, y]) => ({ x: x / 100, y: y / 100 }))));
}

/** A Catmull–Rom spline through the points, as a stroke of many. */
function smooth(points: readonly Point[]): Stroke {
  const at = (i: number) => points[Math.min(points.length - 1, Math.max(0, i))];
  const steps = points.slice(0, -1).flatMap((_, i) =>
    Array.from({ length: BETWEEN }, (__, k) => {
      const t = k / BETWEEN;
      const along = (axis: 'x' | 'y') => {
        const [a, b, c, d] = [at(i - 1)[axis], at(i)[axis], at(i + 1)[axis], at(i + 2)[axis]];
        return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
      };
      return { x: along('x'), y: along('y') };
    }),
  );
  return [...steps, at(points.length - 1)];
}
