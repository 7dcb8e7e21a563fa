import { isSiren } from '../../shared/model/sirene.ts';

/** Numbers that begin with three zeros were never given out. */
function inventSiren(index: number): string {
  const body = `000${String(10_000 + index).padStart(5, '0')}`;
  const digit = Array.from({ length: 10 }, (_, check) => `${body}${check}`).find(isSiren);
  return digit ?? body;
}

/** A VAT number that is formally right and belongs to nobody; undefined where this warehouse's customers have none. */
export function inventVatNumber(country: string, index: number): string | undefined {
  if (country === 'DE') return `DE000${String(100_000 + index).padStart(6, '0')}`;
  if (country !== 'FR') return undefined;
  const siren = inventSiren(index);
  const key = (12 + 3 * (Number(siren) % 97)) % 97;
  return `FR${String(key).padStart(2, '0')}${siren}`;
}
