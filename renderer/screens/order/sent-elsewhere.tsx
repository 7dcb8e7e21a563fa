import { Button } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { OrderView } from '../../../shared/contract/orders.ts';
import { useCommand } from '../../station/use-command.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './order-screen.module.css';
import { isWholeNumber, type ParcelNumber, ParcelNumberFields } from './parcel-number-fields.tsx';
import { SkuUnitFields, useSkuUnits } from './sku-units.tsx';

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
  const ship = useCommand('shops.ship-elsewhere', () => setOpen(false));
  const left = leftOf(order.lines);
  const units = useSkuUnits(left);
  if (left.size === 0 || ['shipped', 'closed', 'cancelled'].includes(order.state)) return null;
  function submit(event: FormEvent): void {
    event.preventDefault();
    ship.mutate({
      orderId: order.id,
      carrier: number.carrier.trim(),
      tracking: number.tracking.trim(),
      lines: [...units.lines],
    });
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
      <SkuUnitFields units={units} label="source.units" />
      <Button type="submit" disabled={units.wrong || !isWholeNumber(number)} loading={ship.isPending}>
        {t('source.elsewhere-yes')}
      </Button>
      <Button variant="default" onClick={() => setOpen(false)}>
        {t('operators.close')}
      </Button>
      {ship.error && <ErrorNotice error={ship.error} />}
    </form>
  );
}
