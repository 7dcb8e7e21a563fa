import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useMessages } from '../../ui/use-messages.ts';

export interface SkuUnits {
  readonly rows: readonly { readonly sku: string; readonly quantity: number; readonly all: number; typed: string }[];
  /** What is to be sent: every SKU with at least one unit. */
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  /** No SKU has any unit, or one has a number that cannot be. */
  readonly wrong: boolean;
  type(sku: string, text: string): void;
}

/** Units of each SKU: all there are until somebody types less. */
export function useSkuUnits(most: ReadonlyMap<string, number>): SkuUnits {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const rows = [...most].map(([sku, all]) => {
    const text = typed[sku] ?? String(all);
    return { sku, all, typed: text, quantity: Number(text) };
  });
  const lines = rows.filter(({ quantity }) => quantity > 0).map(({ sku, quantity }) => ({ sku, quantity }));
  const isWrong = rows.some(({ quantity, all }) => !Number.isInteger(quantity) || quantity < 0 || quantity > all);
  return {
    rows,
    lines,
    wrong: isWrong || lines.length === 0,
    type: (sku, text) => setTyped((before) => ({ ...before, [sku]: text })),
  };
}

export function SkuUnitFields({
  units,
  label,
}: {
  units: SkuUnits;
  label: 'source.units' | 'source.units-back';
}): ReactNode {
  const { t } = useMessages();
  return units.rows.map(({ sku, all, typed }) => (
    <TextInput
      key={sku}
      type="number"
      min={0}
      max={all}
      label={t(label, { sku, left: all })}
      value={typed}
      onChange={(event) => units.type(sku, event.currentTarget.value)}
    />
  ));
}
