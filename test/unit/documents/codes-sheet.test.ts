import { afterAll, describe, expect, test } from 'vitest';
import type { CodesSheetModel, SheetCode } from '../../../main/documents/document.ts';
import { createDocuments } from '../../../main/documents/documents.ts';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';

const documents = createDocuments();
afterAll(() => documents.close());

const bins: SheetCode[] = Array.from({ length: 14 }, (_, index) => ({
  group: 'Emplacements',
  title: `A-${index}`,
  meaning: 'Emplacement',
  text: encodeStationCode('location', `A-${index}`),
}));
const commands: SheetCode[] = ['CONFIRM', 'CLOSE-PARCEL', 'UNDO'].map((name) => ({
  group: 'Commandes',
  title: name,
  meaning: 'Retire la dernière pièce',
  text: encodeStationCode('command', name),
}));

function aSheet(codes: readonly SheetCode[]): CodesSheetModel {
  return { heading: 'Codes de la station', subheading: 'À imprimer', pageWord: 'Page', codes };
}

describe('a sheet of station codes', () => {
  test('reads back whole: every code once, large and with its white', async () => {
    const rendered = await documents.renderCodesSheet(aSheet([...commands, ...bins]));
    const proof = await documents.proveLabel(rendered);

    expect(rendered.pages).toBe(2);
    expect(proof.ok ? proof.symbols.map(({ text }) => text).sort() : proof.problems).toEqual(
      [...commands, ...bins].map(({ text }) => text).sort(),
    );
  });

  test('says what each code means, under the heading of its group', async () => {
    const { bytes } = await documents.renderCodesSheet(aSheet(commands));
    const [page] = await documents.readBack(bytes, { dpi: 203, format: 'grey' });

    for (const words of ['Codes de la station', 'Commandes', 'CLOSE-PARCEL', 'Retire la dernière pièce', 'Page 1/1']) {
      expect(page?.text).toContain(words);
    }
  });

  test('takes the longest code that the station issues', async () => {
    const text = encodeStationCode('badge', 'ABCDEFGHJKMNPQRSTVWXYZ01');
    const rendered = await documents.renderCodesSheet(
      aSheet([{ group: 'Badges', title: 'Mia', meaning: 'packer', text }]),
    );

    expect(await documents.proveLabel(rendered)).toMatchObject({ ok: true, symbols: [{ text }] });
  });

  test('refuses a code with characters that Code 128 sheets do not carry, naming it', async () => {
    await expect(
      documents.renderCodesSheet(aSheet([{ group: 'g', title: 't', meaning: 'm', text: 'é' }])),
    ).rejects.toMatchObject({ kind: 'rule', code: 'label.bad-code', details: { field: 'codes.0' } });
  });

  test('without codes is one empty sheet', async () => {
    expect(await documents.proveLabel(await documents.renderCodesSheet(aSheet([])))).toEqual({ ok: true, symbols: [] });
  });
});
