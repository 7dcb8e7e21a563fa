import { DEFAULT_THEME, mergeMantineTheme } from '@mantine/core';
import { describe, expect, test } from 'vitest';
import { classOf, verdictClasses, verdictLooks } from '../../../renderer/screens/bench/verdict-look.ts';
import { sounds } from '../../../renderer/ui/sound-notes.ts';
import { channelFills, cssVariables, theme } from '../../../renderer/ui/theme.ts';
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

test('a good scan rises, a bad one is low and double, a wrong order sounds unlike both', () => {
  const pitches = (name: keyof typeof sounds) => sounds[name].map(({ frequency }) => frequency);
  const [first = 0, second = 0] = pitches('good');
  expect(second).toBeGreaterThan(first);
  expect(pitches('bad')).toHaveLength(2);
  expect(Math.max(...pitches('bad'))).toBeLessThan(250);
  expect(pitches('wrong-order')).not.toEqual(pitches('bad'));
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
