import { describe, expect, test } from 'vitest';
import { parseLabelModel } from '../../../shared/model/label.ts';
import { anOutboundLabel, aReturnLabel } from './label-builders.ts';

function faultsOf(value: unknown): unknown {
  try {
    parseLabelModel(value);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('a label described as JSON', () => {
  test('gets the sheet of four by six inches at 203 dpi in English when it says nothing else', () => {
    const { media, dpi, language, profile, ...rest } = anOutboundLabel();

    expect(parseLabelModel(rest)).toMatchObject({ media: '4x6', dpi: 203, language: 'en', profile: 'gs1-logistic' });
    expect([media, dpi, language, profile]).toEqual(['4x6', 203, 'en', 'gs1-logistic']);
  });

  test('names each field that is wrong', () => {
    const label = {
      ...anOutboundLabel(),
      sscc: '106141412345678909',
      dpi: 600,
      to: { ...anOutboundLabel().to, city: ' ' },
    };

    expect(faultsOf(label)).toMatchObject({
      kind: 'validation',
      code: 'label.bad-model',
      details: {
        issues: expect.arrayContaining([
          { field: 'sscc', message: expect.stringContaining('check digit') },
          { field: 'dpi', message: expect.any(String) },
          { field: 'to.city', message: expect.any(String) },
        ]),
      },
    });
  });

  test.each([
    ['a return without an RMA', { ...anOutboundLabel(), kind: 'return', expiresOn: '2027-01-05' }, 'rma'],
    ['an RMA with a wrong check character', { ...aReturnLabel(), rma: 'R7K3M9QXA' }, 'rma'],
    ['a field that nobody knows', { ...anOutboundLabel(), colour: 'red' }, 'label'],
    ['parcel 3 of 2', { ...anOutboundLabel(), parcelIndex: 3 }, 'parcelIndex'],
    [
      'a recipient without name and company',
      { ...anOutboundLabel(), to: { ...anOutboundLabel().to, name: '' } },
      'to.name',
    ],
    ['a weight in fractions of a milligram', { ...anOutboundLabel(), weightMg: 0.5 }, 'weightMg'],
    ['a date that does not exist', { ...anOutboundLabel(), shipDate: '2026-02-30' }, 'shipDate'],
    ['no label at all', 'label', 'label'],
  ])('refuses %s', (_what, value, field) => {
    expect(faultsOf(value)).toMatchObject({ code: 'label.bad-model', details: { issues: [{ field }] } });
  });
});
