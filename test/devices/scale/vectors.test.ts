import { expect, test } from 'vitest';
import { decode } from './frames.ts';
import { vectors } from './vectors.ts';

test.each(Object.entries(vectors))('%s reads as its manual says', (_id, { protocol, hex, unit, config, frames }) => {
  expect(decode(protocol, hex, { unit, ...config })).toEqual(frames);
});
