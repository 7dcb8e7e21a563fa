import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseLossless } from '../../../shared/json/lossless-json.ts';
import { sample, samplesAreThere, samplesFolder, withoutSamples } from '../support/parsing.ts';

const files = samplesAreThere
  ? ['amazon', 'tiktok', 'wechat_shop', 'woocommerce'].flatMap((folder) =>
      readdirSync(`${samplesFolder}/${folder}`, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.json'))
        .map((file) => `${folder}/${file}`),
    )
  : [];

/** Every run of 16 digits and more: ids that a double would round. */
const longDigits = (text: string): string[] => (text.match(/\d{16,}/g) ?? []).sort();

describe.skipIf(!samplesAreThere)(`the samples of the platforms (${withoutSamples})`, () => {
  test('keep every long id to its last digit', () => {
    const damaged = files.filter((file) => {
      const text = sample(file);
      const kept = longDigits(JSON.stringify(parseLossless(text)));
      return kept.join() !== longDigits(text).join();
    });

    expect(files.length).toBeGreaterThan(100);
    expect(damaged).toEqual([]);
  });
});
