/**
 * The seal's geometry: an iris of n equal blades that closes over private data, with a milled edge of 64 ticks.
 * Pure numbers and path text; angles in degrees, clockwise, blade 0 starts at 12 o'clock; the centre is the origin.
 */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export type BladeState = 'open' | 'now' | 'shut' | 'waiting' | 'broken' | 'skipped';

/** Radius of the arc that forms a blade's side, over the seal's radius. */
const CURVE = 0.72;
const TOP = -90;
export const TICKS = 64;

const radians = (degrees: number) => (degrees * Math.PI) / 180;
const polar = (radius: number, degrees: number): Point => ({ x: radius * Math.cos(radians(degrees)), y: radius * Math.sin(radians(degrees)) });

/**
 * A number as path text: at most two decimals, which is finer than a pixel at every size the seal is drawn.
 * @example
 * figure(7.2000001) // '7.2'
 */
export function figure(value: number): string {
  const text = String(Math.round(value * 100) / 100);
  return text === '-0' ? '0' : text;
}

const at = ({ x, y }: Point) => `${figure(x)} ${figure(y)}`;
const lines = (points: readonly Point[]) => points.map((point) => `L${at(point)}`).join('');

/** Where blade `index` of `count` starts. */
export function bladeAngle(index: number, count: number): number {
  return TOP + (index * 360) / count;
}

/** Outline of the blade between two angles: two equal arcs from the centre to the rim, and the rim between them. */
export function bladePath(radius: number, from: number, to: number): string {
  const side = figure(CURVE * radius);
  const rim = figure(radius);
  return `M0 0A${side} ${side} 0 0 1 ${at(polar(radius, from))}A${rim} ${rim} 0 0 1 ${at(polar(radius, to))}A${side} ${side} 0 0 0 0 0Z`;
}

/** Points along a blade's side from the centre to the rim. The chord has length `radius`, the arc radius CURVE · radius. */
export function sidePoints(radius: number, angle: number, segments: number): readonly Point[] {
  const arc = CURVE * radius;
  const depth = Math.sqrt(arc * arc - (radius / 2) ** 2);
  const start = Math.atan2(-depth, -radius / 2);
  const end = Math.atan2(-depth, radius / 2);
  const [cos, sin] = [Math.cos(radians(angle)), Math.sin(radians(angle))];
  return Array.from({ length: segments + 1 }, (_, i) => {
    const turn = start + ((end - start) * i) / segments;
    const x = radius / 2 + arc * Math.cos(turn);
    const y = depth + arc * Math.sin(turn);
    return { x: x * cos - y * sin, y: x * sin + y * cos };
  });
}

/** The shadowed lip of at most 6° where a blade tucks under the one before it. */
export function lipPath(radius: number, index: number, count: number): string {
  const start = bladeAngle(index, count);
  return bladePath(radius - bladeGap(radius) / 2, start + 0.6, start + Math.min(6, 360 / count / 9));
}

/** How far blades part, in the ground's colour. */
export function bladeGap(radius: number): number {
  return Math.max(0.9, radius * 0.013);
}

/**
 * The inner radius, over the seal's radius, of a blade that has closed by `part` from the rim: by area, so that half done looks half done.
 * @example
 * openShare(0.75) // 0.5
 */
export function openShare(part: number): number {
  return Math.sqrt(1 - Math.min(1, Math.max(0, part)));
}

export interface Shard {
  readonly path: string;
  /** SVG transform that throws it outward. */
  readonly transform: string;
}

const ZIGZAG = 9;

/** The two shards of a broken blade: parted along a jagged line through its middle, thrown 0.13 R outward, turned 5° and 13°. */
export function brokenShards(radius: number, from: number, to: number): readonly [Shard, Shard] {
  const middle = (from + to) / 2;
  const crack = jagged(sidePoints(radius, middle + 1, ZIGZAG), radius * 0.034);
  const rim = `A${figure(radius)} ${figure(radius)} 0 0 1`;
  const first = `M0 0${lines(sidePoints(radius, from, 18))}${rim} ${at(polar(radius, middle + 1))}${lines(crack.toReversed())}Z`;
  const second = `M0 0${lines(crack)}${rim} ${at(polar(radius, to))}${lines(sidePoints(radius, to, 18).toReversed())}Z`;
  const throwOut = polar(radius * 0.13, middle - 26);
  const apart = polar(radius * 0.055, middle + 62);
  const hinge = at(polar(radius * 0.7, middle));
  return [
    { path: first, transform: `translate(${at(throwOut)}) rotate(5 ${hinge})` },
    { path: second, transform: `translate(${at({ x: throwOut.x * 1.05 + apart.x, y: throwOut.y * 1.05 + apart.y })}) rotate(13 ${hinge})` },
  ];
}

/** Moves inner points to alternating sides of the line by `width`. */
function jagged(points: readonly Point[], width: number): readonly Point[] {
  return points.map((point, i) => {
    const next = points[i + 1];
    if (i === 0 || !next) return point;
    const [dx, dy] = [next.x - point.x, next.y - point.y];
    const shift = ((i % 2 ? 1 : -1) * width) / Math.hypot(dx, dy);
    return { x: point.x - dy * shift, y: point.y + dx * shift };
  });
}

export interface Edge {
  /** Ticks at rest: there is no receipt yet. */
  readonly rest: string;
  readonly set: string;
  /** Ticks that differ from the print the file claims, and the claimed ones as ghosts. */
  readonly bad: string;
  readonly ghost: string;
}

const digitAt = (print: string, i: number) => Number.parseInt(print[i] ?? '0', 16);

/** @param print 64 hexadecimal digits without 0x, or '' before there is a receipt */
function edgeOf(print: string, claimed: string, segment: (i: number, digit: number | null) => string): Edge {
  const edge = { rest: '', set: '', bad: '', ghost: '' };
  for (let i = 0; i < TICKS; i++) {
    if (!print) edge.rest += segment(i, null);
    else if (claimed && claimed[i] !== print[i]) {
      edge.bad += segment(i, digitAt(print, i));
      edge.ghost += segment(i, digitAt(claimed, i));
    } else edge.set += segment(i, digitAt(print, i));
  }
  return edge;
}

/** The 64 ticks around the seal: length 0.022 R at rest or for 0, up to 0.110 R for f. */
export function milledEdge(radius: number, print: string, claimed = ''): Edge {
  const inner = radius * 1.065;
  return edgeOf(print, claimed, (i, digit) => {
    const angle = TOP + (i + 0.5) * (360 / TICKS);
    const length = radius * (0.022 + (0.088 * (digit ?? 0)) / 15);
    return `M${at(polar(inner, angle))}L${at(polar(inner + length, angle))}`;
  });
}

/** The same ticks in a row, 5 units apart, for the foot of a receipt: a box of 320 × 18. */
export function unrolledEdge(print: string, claimed = ''): Edge {
  return edgeOf(print, claimed, (i, digit) => `M${figure(i * 5 + 2.5)} 18V${figure(15 - (13 * (digit ?? 0)) / 15)}`);
}

/** Where a word for blade `index` stands, and how it is anchored there. */
export function labelAt(radius: number, index: number, count: number): Point & { readonly anchor: 'start' | 'middle' | 'end' } {
  const angle = bladeAngle(index + 0.5, count);
  const cos = Math.cos(radians(angle));
  return { ...polar(radius * 1.3, angle), anchor: cos > 0.3 ? 'start' : cos < -0.3 ? 'end' : 'middle' };
}
