import { describe, expect, it } from 'vitest';
import { createTurns } from './turns.ts';

describe('turns', () => {
  it('lets a step begin when the one before it under the same key has ended, also in failure', async () => {
    const turns = createTurns();
    const seen: string[] = [];
    let end: () => void = () => undefined;
    const first = turns('a', async () => {
      seen.push('first');
      await new Promise<void>((resolve) => (end = resolve));
      seen.push('ended');
      throw new Error('no luck');
    });
    const second = turns('a', async () => void seen.push('second'));
    await turns('b', async () => void seen.push('elsewhere'));
    end();
    await expect(first).rejects.toThrow('no luck');
    await second;
    await turns('a', async () => void seen.push('third'));
    expect(seen).toEqual(['first', 'elsewhere', 'ended', 'second', 'third']);
  });
});
