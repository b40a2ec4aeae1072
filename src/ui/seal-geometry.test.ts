import { describe, expect, it } from 'vitest';
import { bladeAngle, bladePath, brokenShards, labelAt, milledEdge, openShare, sidePoints, TICKS, unrolledEdge } from './seal-geometry.ts';

const print = '0123456789abcdef'.repeat(4);
const strokes = (path: string) => path.split('M').slice(1);
const lengthOf = (stroke: string) => {
  const [from, to] = stroke.split('L').map((point) => point.split(' ').map(Number));
  return Math.hypot((to?.[0] ?? 0) - (from?.[0] ?? 0), (to?.[1] ?? 0) - (from?.[1] ?? 0));
};

describe('blades', () => {
  it('start at 12 o’clock and go round clockwise', () => {
    expect(bladePath(100, bladeAngle(0, 4), bladeAngle(1, 4))).toBe('M0 0A72 72 0 0 1 0 -100A100 100 0 0 1 100 0A72 72 0 0 0 0 0Z');
  });

  it('have sides from the centre to the rim with a radius of 0.72 R', () => {
    const points = sidePoints(100, 30, 18);
    expect(Math.hypot(points[0].x, points[0].y)).toBeCloseTo(0, 9);
    expect(Math.hypot(points[18].x, points[18].y)).toBeCloseTo(100, 9);
    const [a, b, c] = [points[0], points[9], points[18]];
    const sides = [Math.hypot(a.x - b.x, a.y - b.y), Math.hypot(b.x - c.x, b.y - c.y), Math.hypot(c.x - a.x, c.y - a.y)] as const;
    const area = Math.abs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) / 2;
    expect((sides[0] * sides[1] * sides[2]) / (4 * area)).toBeCloseTo(72, 6);
  });

  it('close by area, within bounds', () => {
    expect(openShare(0)).toBe(1);
    expect(openShare(0.75)).toBe(0.5);
    expect(openShare(1)).toBe(0);
    expect(openShare(1.4)).toBe(0);
    expect(openShare(-1)).toBe(1);
  });

  it('break into two different shards, turned 5° and 13°', () => {
    const [first, second] = brokenShards(100, -90, -90 + 360 / 7);
    expect(first.path).not.toBe(second.path);
    expect(first.transform).toContain('rotate(5 ');
    expect(second.transform).toContain('rotate(13 ');
    expect(`${first.path}${second.path}`).not.toContain('NaN');
  });
});

describe('the milled edge', () => {
  it('rests at its minimum before there is a receipt', () => {
    const edge = milledEdge(100, '');
    expect(strokes(edge.rest)).toHaveLength(TICKS);
    expect(strokes(edge.rest).every((stroke) => Math.abs(lengthOf(stroke) - 2.2) < 0.02)).toBe(true);
    expect(edge.set).toBe('');
  });

  it('shows every digit of the fingerprint as a length', () => {
    const ticks = strokes(milledEdge(100, print).set).map(lengthOf);
    expect(ticks).toHaveLength(TICKS);
    expect(ticks[0]).toBeCloseTo(2.2, 1);
    expect(ticks[15]).toBeCloseTo(11, 1);
    expect(ticks[31]).toBeCloseTo(11, 1);
  });

  it('marks exactly the digits that differ from the claimed ones', () => {
    const claimed = `f${print.slice(1, 63)}0`;
    const edge = milledEdge(100, print, claimed);
    expect([strokes(edge.set).length, strokes(edge.bad).length, strokes(edge.ghost).length]).toEqual([62, 2, 2]);
  });

  it('unrolls into a row of the same ticks', () => {
    expect(strokes(unrolledEdge(print).set)).toHaveLength(TICKS);
    expect(strokes(unrolledEdge(print).set)[15]).toBe('77.5 18V2');
  });
});

it('anchors words away from the seal', () => {
  expect(labelAt(100, 0, 7).anchor).toBe('start');
  expect(labelAt(100, 3, 7).anchor).toBe('middle');
  expect(labelAt(100, 6, 7).anchor).toBe('end');
});
