import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeError } from '../../../main/app/describe-error.ts';
import { problemInWords } from '../../../main/app/proof-words.ts';
import type { LabelProblemCode } from '../../../main/documents/document.ts';
import { isMessageKey } from '../../../renderer/ui/message-key.ts';
import { messagesEn } from '../../../renderer/ui/messages-en.ts';
import { messagesFr } from '../../../renderer/ui/messages-fr.ts';
import { AppError } from '../../../shared/errors.ts';

const declared = readFileSync(join(resolve(import.meta.dirname, '../../..'), 'main/documents/document.ts'), 'utf8');
// The union is the list; a code that is added there is asked for here.
const codes = [...declared.matchAll(/\| '(proof\.[a-z-]+)'/g)].map(([, code]) => code as LabelProblemCode);

describe('what a proof finds', () => {
  test('is told at the bench in both languages, with what to do', () => {
    expect(codes.length).toBeGreaterThan(20);
    const keys = codes.flatMap((code) => [`code.${code}`, `code.${code}.do`]);
    expect(keys.filter((key) => !isMessageKey(key) || !(key in messagesEn) || !(key in messagesFr))).toEqual([]);
  });

  test.each(codes)('is told on the command line for %s in one line without a code', (code) => {
    const symbol = { symbology: ']C1', text: '420\x1d921', expected: '1Z0', grade: 'D', modules: -0.3, needed: 10 };
    const page = { pages: 2, widthMm: 210, heightMm: 297, dxMm: 1, dyMm: 0, found: 'html', dpi: 203, drawnForDpi: 300 };
    const words = problemInWords({ code, details: { ...symbol, ...page } });

    expect(words).toMatch(/^[A-Z][^\n]*\.$/);
    for (const never of ['proof.', 'undefined', '\x1d']) expect(words).not.toContain(never);
  });

  test('is told in whole sentences when a label that was drawn does not read back', () => {
    const problems = [{ code: 'proof.quiet-zone', details: { symbology: ']C1', text: '12', modules: 4, needed: 10 } }];

    expect(describeError(new AppError('rule', 'label.proof-failed', { problems }))).toBe(
      'The label was drawn and does not read back. Nothing was written. Something stands in the white beside the Code 128 "12": 4 modules of 10. Have the label made anew.',
    );
  });
});
