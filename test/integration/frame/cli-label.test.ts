import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawSimulatedLabel } from '../../../main/documents/simulated-carrier-label.ts';
import { bundlePrograms, type Finished, type Programs } from '../../support/programs.ts';
import { carrierInputs } from '../../unit/documents/label-carrier-builders.ts';
import { aSimulatedLabel, symbolSets } from '../../unit/documents/simulated-symbol-sets.ts';

let programs: Programs;
let folder: string;
beforeAll(async () => {
  programs = await bundlePrograms({ cli: 'main/cli/main.ts' });
  folder = await mkdtemp(join(tmpdir(), 'packwright-cli-label-'));
});
afterAll(async () => {
  await programs?.remove();
  await rm(folder, { recursive: true, force: true });
});

const run = (...args: readonly string[]): Promise<Finished> =>
  programs.start('cli', ['label', ...args], { env: { HOME: folder, XDG_DATA_HOME: join(folder, 'share') } }).finished;

async function described(name: string, content: object): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, JSON.stringify(content));
  return file;
}

describe('a carrier’s label on the command line', () => {
  test('is drawn in the profile and resolution that the command names', async () => {
    const { profile: _, ...rest } = carrierInputs.dpd;
    const input = await described('dpd.json', rest);
    const output = join(folder, 'dpd.pdf');
    const drawn = await run('render', '--in', input, '--out', output, '--profile', 'dpd', '--dpi', '300');

    expect(drawn).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(drawn.stdout)).toMatchObject({
      profile: 'dpd',
      dpi: 300,
      transliterated: expect.arrayContaining(['to.name']),
    });
    const beside = await run(
      'verify',
      output,
      '--dpi',
      '300',
      '--in',
      await described('whole.json', carrierInputs.dpd),
    );
    expect(beside.code).toBe(0);
    expect(JSON.parse(beside.stdout)).toMatchObject({
      verdict: 'pass',
      problems: [],
      pages: [{ page: 1, widthMm: 101.6, heightMm: 152.4 }],
      symbols: [{ symbology: ']z0' }, { symbology: ']C0', grade: 'A', geometry: { decodability: 1 } }],
    });
  });

  test('is judged by its number and its sheet, and one that fails ends with 1', async () => {
    const output = join(folder, 'colissimo.pdf');
    await run('render', '--in', await described('colissimo.json', carrierInputs.colissimo), '--out', output);
    const right = await run('verify', output, '--expect', '8L 01234 56789 5', '--media', '4x6in');
    const wrong = await run('verify', output, '--expect', '8L01234567901', '--media', '100x150mm');

    expect([right.code, JSON.parse(right.stdout).verdict]).toEqual([0, 'pass']);
    expect([wrong.code, wrong.stderr]).toEqual([1, '']);
    const { verdict, problems } = JSON.parse(wrong.stdout);
    expect(verdict).toBe('fail');
    expect(problems.map(({ code }: { code: string }) => code)).toEqual([
      'proof.page-size',
      'proof.tracking-missing',
      'proof.tracking-other',
    ]);
    expect(problems[1].words).toMatch(/8L01234567901.*another parcel/);
  });

  test.each(['pdf', 'png', 'zpl'] as const)('is read from a carrier’s %s at its resolution', async (file) => {
    for (const dpi of [203, 300] as const) {
      const output = join(folder, `usps-${dpi}.${file}`);
      await writeFile(output, await drawSimulatedLabel(aSimulatedLabel(symbolSets.usps, { file, dpi })));
      const sheet = ['--dpi', String(dpi), '--media', '4x6in'];
      const { code, stdout } = await run('verify', output, '--expect', '9234690361980900000142', ...sheet);

      expect(JSON.parse(stdout)).toMatchObject({ verdict: 'pass', format: file, dpi, problems: [] });
      const { pages, symbols } = JSON.parse(stdout);
      expect(pages).toHaveLength(1);
      expect(symbols).toMatchObject([{ symbology: ']d2' }, { symbology: ']C1', grade: 'A' }]);
      expect(code).toBe(0);
    }
  });

  test('that is half a file, or made for another printer, fails with words', async () => {
    const whole = await drawSimulatedLabel(aSimulatedLabel(symbolSets.usps, { file: 'zpl' }));
    const file = join(folder, 'usps.zpl');
    await writeFile(file, whole.subarray(0, 700));
    const torn = await run('verify', file);
    await writeFile(file, whole);
    const small = await run('verify', file, '--dpi', '300', '--media', '4x6in');

    expect([torn.code, small.code]).toEqual([1, 1]);
    expect(JSON.parse(torn.stdout)).toMatchObject({
      verdict: 'fail',
      problems: [{ code: 'proof.unreadable-document', words: expect.stringContaining('breaks off') }],
      symbols: [],
    });
    expect(JSON.parse(small.stdout).problems[0]).toMatchObject({
      code: 'proof.resolution',
      words: expect.stringMatching(/drawn for a printer of 203 dpi, this one has 300/),
    });
  });

  test.each([
    ['a profile that there is not', ['render', '--in', 'x.json', '--out', 'x.pdf', '--profile', 'ups'], /upu-s10/],
    ['a sheet that is none', ['verify', 'x.pdf', '--media', 'huge'], /4x6in/],
  ])('with %s ends with one line', async (_, args, says) => {
    const { code, stdout, stderr } = await run(...args);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(says);
    expect(existsSync('x.pdf')).toBe(false);
  });
});
