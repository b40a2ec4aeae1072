/** Draws the app's icons from the seal's geometry: a shut seal of five blades, as SVG text and as PNG bytes. */
import { crc32, deflateSync } from 'node:zlib';
import { bladeAngle, bladeGap, bladePath, figure, sidePoints, type Point } from '../src/ui/seal-geometry.ts';

const BLADES = 5;
const BLUE = [31, 68, 214] as const;
const WHITE = [255, 255, 255] as const;

/** The mark on a transparent ground, in a box of 100. */
export function drawIconSvg(): string {
  const radius = 46;
  const blades = Array.from({ length: BLADES }, (_, i) => `<path d="${bladePath(radius, bladeAngle(i, BLADES), bladeAngle(i + 1, BLADES))}"/>`).join(
    '',
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-50 -50 100 100"><g fill="rgb(${BLUE.join(',')})" stroke="#fff" stroke-width="${figure(bladeGap(radius) * 3.4)}" stroke-linejoin="round">${blades}</g></svg>`;
}

/**
 * @param size pixels a side
 * @param maskable fills the whole square and keeps the mark inside the inner 80%, as launchers that crop to a shape ask
 */
export function drawIconPng(size: number, maskable: boolean): Buffer {
  const radius = size * (maskable ? 0.34 : 0.46);
  const gap = radius * 0.022;
  const sides = Array.from({ length: BLADES }, (_, i) => sidePoints(radius, bladeAngle(i, BLADES), 14));
  const pixels = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const point = { x: x + 0.5 - size / 2, y: y + 0.5 - size / 2 };
      const onDisc = cover(radius - Math.hypot(point.x, point.y));
      const onGap = onDisc === 0 ? 0 : cover(gap - Math.min(...sides.map((side) => distance(point, side))));
      const blue = onDisc * (1 - onGap);
      const [front, back] = maskable ? [WHITE, BLUE] : [BLUE, WHITE];
      const start = y * (size * 4 + 1) + 1 + x * 4;
      for (let channel = 0; channel < 3; channel++)
        pixels[start + channel] = Math.round((front[channel] ?? 0) * blue + (back[channel] ?? 0) * (1 - blue));
      pixels[start + 3] = Math.round(255 * (maskable ? 1 : onDisc));
    }
  }
  return png(size, pixels);
}

/** Share of a pixel that lies inside an edge `inside` pixels away. */
const cover = (inside: number) => Math.min(1, Math.max(0, inside + 0.5));

/** Pixels from a point to the nearest piece of a line. */
function distance(point: Point, line: readonly Point[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1], line[i]];
    if (!a || !b) continue;
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const along = Math.min(1, Math.max(0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy)));
    least = Math.min(least, Math.hypot(point.x - a.x - along * dx, point.y - a.y - along * dy));
  }
  return least;
}

/** 8-bit RGBA, no filter: PNG (ISO/IEC 15948), sections 5 and 11.2. */
function png(size: number, scanlines: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(scanlines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
