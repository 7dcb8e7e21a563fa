import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundlePrograms, type Finished, type Programs } from '../../support/programs.ts';
import { hexOf } from './frames.ts';

let programs: Programs;
beforeAll(async () => {
  programs = await bundlePrograms({ cli: 'main/cli/main.ts' });
});
afterAll(() => programs?.remove());

const scale = (args: readonly string[], input = ''): Promise<Finished> =>
  programs.start('cli', ['scale', ...args], { input }).finished;
const decode = async (input: string, ...args: string[]): Promise<unknown[]> => {
  const { code, stdout, stderr } = await scale(['decode', ...args], input);
  expect([code, stderr]).toEqual([0, '']);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
};

describe('packwright scale', () => {
  test('names its protocols, as lines, as JSON, and with what each can be set to', async () => {
    const lines = (await scale(['protocols'])).stdout.trimEnd().split('\n');
    const names = JSON.parse((await scale(['protocols', '--json'])).stdout);
    const details = JSON.parse((await scale(['protocols', '--details'])).stdout);
    expect(lines).toHaveLength(21);
    expect(names).toEqual(lines);
    expect(details[1]).toEqual({
      name: 'toledo-8217',
      title: 'Toledo 8217, 8213, “Weight only”',
      unitInFrame: false,
      tellsStable: true,
      lines: [
        { baud: 9600, dataBits: 7, parity: 'even', stopBits: 1 },
        { baud: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
      ],
      config: ['decimals'],
    });
  });

  test('decodes one case a line, each a scale opened anew, whatever the cases before held', async () => {
    const whole = hexOf('\x0201.25\r');
    const cases = [whole, `${whole.slice(0, 6)}|${whole.slice(6)}`, whole.slice(0, 6), whole.slice(6), 'no hex', ''];
    const weight = { value: 1.25, unit: 'lb', grams: 566.9905, stable: true, mode: 'gross', usable: true };
    expect(await decode(`${cases.join('\n')}\n`, '--protocol', 'toledo-8217', '--unit', 'lb')).toEqual([
      [weight],
      [weight],
      [],
      [],
      [{ error: 'not_hex' }],
      [],
    ]);
  });

  test('takes the settings of a protocol and refuses what the protocol has not', async () => {
    const inverted = ['--protocol', 'nci-scp12', '--config', '{"polarity":"inverted"}'];
    expect(await decode(hexOf('\n 012.34LB\r00\x03'), ...inverted)).toMatchObject([[{ stable: false }]]);
    for (const args of [
      ['--protocol', 'unheard-of'],
      ['--protocol', 'mt-sics', '--unit', 'stone'],
      ['--protocol', 'mt-sics', '--config', '{"polarity":"inverted"}'],
      ['--protocol', 'mt-sics', '--config', '{'],
    ]) {
      const { code, stdout, stderr } = await scale(['decode', ...args]);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    }
  });
});
