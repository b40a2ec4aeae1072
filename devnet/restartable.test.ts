import { expect, it } from 'vitest';
import { restartable } from './restartable.ts';

it('is taken away and brought back, once each however often it is asked', async () => {
  const happened: string[] = [];
  let made = 0;
  const part = await restartable(async () => {
    const name = `part ${++made}`;
    happened.push(`${name} starts`);
    return { name, stop: async () => void happened.push(`${name} stops`) };
  });
  await part.start();
  await part.stop();
  await part.stop();
  expect(part.current.name).toBe('part 1');
  await part.start();
  expect(part.current.name).toBe('part 2');
  await part.stop(async ({ name }) => void happened.push(`${name} is killed`));
  expect(happened).toEqual(['part 1 starts', 'part 1 stops', 'part 2 starts', 'part 2 is killed']);
});
