import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type ImportColumn, itemColumns, stockColumns } from '../../../shared/model/import-columns.ts';
import { orderColumns } from '../../../shared/model/import-order-columns.ts';

const README = new URL('../../../README.md', import.meta.url);

function table(columns: readonly ImportColumn[]): string {
  const rows = columns.map(
    ({ name, required, example, meaning }) =>
      `| ${name}${required ? ' *' : ''} | ${example.replaceAll('|', '\\|')} | ${meaning.en.replaceAll('|', '\\|')} |`,
  );
  return ['| column (* needed) | example | meaning |', '|---|---|---|', ...rows].join('\n');
}

function filled(readme: string): string {
  const tables = { orders: orderColumns, items: itemColumns, stock: stockColumns };
  let text = readme;
  for (const [name, columns] of Object.entries(tables)) {
    text = text.replace(
      new RegExp(`(<!-- columns:${name} -->\\n)[\\s\\S]*?(<!-- /columns:${name} -->)`),
      (_all, start, end) => `${start}${table(columns)}\n${end}`,
    );
  }
  return text;
}

test('the README lists exactly the columns that the file readers know', () => {
  const readme = readFileSync(README, 'utf8');
  // `PACKWRIGHT_WRITE_README=1 npm test -- test/unit/readme` writes the tables anew.
  if (process.env.PACKWRIGHT_WRITE_README === '1') writeFileSync(README, filled(readme));
  expect(readFileSync(README, 'utf8')).toBe(filled(readme));
  expect(readme).toContain('<!-- columns:items -->');
});
