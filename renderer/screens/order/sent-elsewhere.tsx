import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { OrderView } from '../../../shared/contract/orders.ts';
import { useCommand } from '../../station/use-command.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './order-screen.module.css';
import { isWholeNumber, type ParcelNumber, ParcelNumberFields } from './parcel-number-fields.tsx';

/** Units of each SKU that have not left yet. */
function leftOf(lines: OrderView['lines']): ReadonlyMap<string, number> {
  const left = new Map<string, number>();
  for (const { sku, quantityOrdered, quantityCancelled, quantityShipped } of lines)
    left.set(sku, (left.get(sku) ?? 0) + quantityOrdered - quantityCancelled - quantityShipped);
  return new Map([...left].filter(([, units]) => units > 0));
}

/** Units that were labelled elsewhere: carrier, number and how many of each, so that the shop hears of it. */
export function SentElsewhere({ order }: { order: OrderView }): ReactNode {
  const { t } = useMessages();
  const [open, setOpen] = useState(false);
  const [number, setNumber] = useState<ParcelNumber>({ carrier: '', tracking: '' });
  const [typed, type] = useState<Readonly<Record<string, string>>>({});
  const ship = useCommand('shops.ship-elsewhere', () => setOpen(false));
  const left = leftOf(order.lines);
  if (left.size === 0 || ['shipped', 'closed', 'cancelled'].includes(order.state)) return null;
  const unitsOf = (sku: string, all: number): number => Number(typed[sku] ?? all);
  const units = [...left].map(([sku, all]) => ({ sku, quantity: unitsOf(sku, all), all }));
  const wrong = units.some(({ quantity, all }) => !Number.isInteger(quantity) || quantity < 0 || quantity > all);
  const lines = units.filter(({ quantity }) => quantity > 0).map(({ sku, quantity }) => ({ sku, quantity }));
  function submit(event: FormEvent): void {
    event.preventDefault();
    ship.mutate({ orderId: order.id, carrier: number.carrier.trim(), tracking: number.tracking.trim(), lines });
  }
  if (!open)
    return (
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('source.elsewhere')}
      </Button>
    );
  return (
    <form className={classes.form} onSubmit={submit} aria-label={t('source.elsewhere')}>
      <ParcelNumberFields value={number} onChange={setNumber} />
      {units.map(({ sku, all }) => (
        <TextInput
          key={sku}
          type="number"
          min={0}
          max={all}
          label={t('source.units', { sku, left: all })}
          value={typed[sku] ?? String(all)}
          onChange={(event) => {
            const { value } = event.currentTarget;
            type((before) => ({ ...before, [sku]: value }));
          }}
        />
      ))}
      <Button type="submit" disabled={wrong || lines.length === 0 || !isWholeNumber(number)} loading={ship.isPending}>
        {t('source.elsewhere-yes')}
      </Button>
      <Button variant="default" onClick={() => setOpen(false)}>
        {t('operators.close')}
      </Button>
      {ship.error && <ErrorNotice error={ship.error} />}
    </form>
  );
}
