import { describe, expect, test } from 'vitest';
import { originsFor, shownOrigin } from '../../../main/web/addresses.ts';

describe('origins of the web shell', () => {
  test.each([
    ['127.0.0.1', 4870, ['http://127.0.0.1:4870', 'http://localhost:4870']],
    ['localhost', 4870, ['http://127.0.0.1:4870', 'http://localhost:4870']],
    ['127.0.0.1', 80, ['http://127.0.0.1', 'http://localhost']],
    ['192.168.1.20', 80, ['http://127.0.0.1', 'http://localhost', 'http://192.168.1.20']],
    ['::1', 4870, ['http://127.0.0.1:4870', 'http://localhost:4870', 'http://[::1]:4870']],
    ['Packing-PC', 4870, ['http://127.0.0.1:4870', 'http://localhost:4870', 'http://packing-pc:4870']],
  ])('bound to %s port %d are those that a browser sends', (host, port, origins) => {
    expect(originsFor(host, port, ['10.0.0.5'])).toEqual(origins);
  });

  test.each(['0.0.0.0', '::'])('bound to %s are every address of this PC', (host) => {
    expect(originsFor(host, 4870, ['127.0.0.1', '192.168.1.20', 'fe80::1%eth0'])).toEqual([
      'http://127.0.0.1:4870',
      'http://localhost:4870',
      'http://192.168.1.20:4870',
      'http://[fe80::1]:4870',
    ]);
  });

  test.each([
    ['127.0.0.1', 'http://127.0.0.1:4870'],
    ['0.0.0.0', 'http://127.0.0.1:4870'],
    ['::', 'http://127.0.0.1:4870'],
    ['::1', 'http://[::1]:4870'],
  ])('the address to open of %s is %s', (host, address) => {
    expect(shownOrigin(host, 4870)).toBe(address);
  });
});
