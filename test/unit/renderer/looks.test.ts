import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DEFAULT_THEME, mergeMantineTheme } from '@mantine/core';
import { describe, expect, test } from 'vitest';
import { refusalKinds } from '../../../renderer/screens/bench/refusal-kinds.ts';
import { classOf, refusalKindOf, verdictClasses, verdictLooks } from '../../../renderer/screens/bench/verdict-look.ts';
import { pitchOf, sounds } from '../../../renderer/ui/sound-notes.ts';
import { channelFills, cssVariables, theme } from '../../../renderer/ui/theme.ts';
import { scanRefusals } from '../../../shared/barcode/scan-result.ts';
import { channels } from '../../../shared/model/channel.ts';

const { variables, light, dark } = cssVariables(mergeMantineTheme(DEFAULT_THEME, theme));
const fixed: Readonly<Record<string, string>> = variables;

/** Relative luminance by WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dim = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

const colour = (scheme: Readonly<Record<string, string>>, name: string) => scheme[name] ?? fixed[name] ?? '';

describe.each([
  ['light', light],
  ['dark', dark],
] as const)('on the bench in the %s scheme', (_name, scheme) => {
  test.each([
    ['--pw-text', '--pw-page'],
    ['--pw-text', '--pw-surface'],
    ['--pw-text', '--pw-accent-soft'],
    ['--pw-muted', '--pw-page'],
    ['--pw-muted', '--pw-surface'],
    ['--pw-on-accent', '--pw-accent'],
    ['--pw-accent', '--pw-surface'],
    ['--pw-late', '--pw-late-soft'],
    ['--pw-soon', '--pw-soon-soft'],
    ['--pw-done', '--pw-done-soft'],
    ['--pw-done', '--pw-page'],
  ])('%s on %s has a contrast of 7:1', (text, ground) => {
    expect(contrast(colour(scheme, text), colour(scheme, ground))).toBeGreaterThanOrEqual(7);
  });

  test('borders of what can be pressed have 3:1', () => {
    expect(contrast(colour(scheme, '--pw-line-strong'), colour(scheme, '--pw-surface'))).toBeGreaterThanOrEqual(3);
  });
});

test.each(verdictClasses)('a verdict of class %s has white words at 7:1', (name) => {
  expect(contrast('#ffffff', colour(fixed, `--pw-${name}`))).toBeGreaterThanOrEqual(7);
});

test('no two classes of verdicts share their colour, no two refusals their icon', () => {
  const fills = verdictClasses.map((name) => colour(fixed, `--pw-${name}`));
  expect(new Set(fills).size).toBe(verdictClasses.length);
  const icons = verdictClasses.map((name) => verdictLooks[name].icon);
  expect(new Set(icons).size).toBe(verdictClasses.length);
});

test.each(channels)('the badge of %s has white words at 7:1', (channel) => {
  expect(contrast('#ffffff', channelFills[channel])).toBeGreaterThanOrEqual(7);
});

test.each(Object.entries(sounds))('the sound %s ends within 200 ms', (_name, notes) => {
  expect(Math.max(...notes.map(({ to }) => to))).toBeLessThanOrEqual(0.2);
});

test('a good scan rises, a wrong item is low and double, a wrong order sounds unlike it', () => {
  const pitches = (name: keyof typeof sounds) => sounds[name].map(({ frequency }) => frequency);
  const [first = 0, second = 0] = pitches('good');
  expect(second).toBeGreaterThan(first);
  expect(pitches('wrong-item')).toHaveLength(2);
  expect(Math.max(...pitches('wrong-item'))).toBeLessThan(250);
  expect(pitches('wrong-order')).not.toEqual(pitches('wrong-item'));
});

test('no two classes of verdicts sound alike, and no refusal as high as a good scan', () => {
  const heard = verdictClasses.map((name) => JSON.stringify(sounds[verdictLooks[name].sound]));
  expect(new Set(heard).size).toBe(verdictClasses.length);
  const refusals = verdictClasses.filter((name) => !['good', 'complete', 'info'].includes(name));
  const highest = refusals.flatMap((name) => sounds[verdictLooks[name].sound].map(({ frequency }) => frequency));
  expect(Math.max(...highest)).toBeLessThan(Math.min(...sounds.good.map(({ frequency }) => frequency)));
});

test('benches side by side have pitches that differ by three semitones at least', () => {
  const semitones = (name: string) => Math.round(Math.log2(pitchOf(name)) * 12);
  for (let bench = 1; bench < 40; bench += 1) {
    expect(Math.abs(semitones(`Bench ${bench}`) - semitones(`Bench ${bench + 1}`))).toBeGreaterThanOrEqual(3);
  }
  expect(pitchOf('Nord')).not.toBe(pitchOf('Sud'));
});

describe('the kinds of refusals', () => {
  const project = resolve(import.meta.dirname, '../../..');
  const read = (folder: string, ending: string) =>
    readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith(ending))
      .map((name) => readFileSync(join(project, folder, name), 'utf8'))
      .join('\n');
  const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].flatMap((match) => match.slice(1));
  const bench = read('main/bench', '.ts');
  const rules = ['packing', 'picking', 'orders', 'stock', 'stations', 'shipping']
    .map((name) => read(`main/${name}`, '.ts'))
    .join('\n');
  const codesIn = (text: string) => found(text, /'([a-z-]+\.[a-z-]+)'/g);
  /** Codes of `bad(…)`, also where one of two is chosen, and of refusals that rules give back. */
  const refusals = [
    ...found(bench, /\bbad\(([^{;]*?)[{;)]/g).flatMap(codesIn),
    ...found(bench, /\bbad\([^{;]*?\?\?\s*'([^']+)'/g),
    ...found(`${bench}\n${rules}`, /outcome: 'refused'(?: as const)?,\s*code: '([^']+)'/g),
    ...found(`${bench}\n${rules}`, /\brefuse\w*\(\s*'([a-z-]+\.[a-z-]+)'/g),
    ...scanRefusals,
  ];

  test('are known for every refusal of the station, so that each has its own colour, icon and sound', () => {
    expect(refusals).toEqual(expect.arrayContaining(['pack.wrong-lot', 'label.wrong-label', 'scan.doubled']));
    expect([...new Set(refusals)].filter((code) => refusalKindOf(code) === undefined)).toEqual([]);
  });

  test('name no code that the station never says', () => {
    const said = `${bench}\n${rules}\n${read('shared', '.ts')}`;
    expect(Object.keys(refusalKinds).filter((code) => !said.includes(`'${code}'`))).toEqual([]);
  });
});

test('refusals fall into the class that the packer must tell apart', () => {
  const classes = ['pack.wrong-item', 'pack.wrong-order', 'pack.wrong-tote', 'pack.too-many', 'scan.unknown-code'];
  expect(classes.map((code) => classOf({ tone: 'bad', code }))).toEqual([
    'wrong-item',
    'wrong-order',
    'wrong-place',
    'too-many',
    'unknown',
  ]);
  expect(classOf({ tone: 'bad', code: 'scan.bad-check-digit' })).toBe('unreadable');
  expect(classOf({ tone: 'bad', code: 'pick.location-first' })).toBe('refused');
});
