import { Button, Checkbox } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { OrderView } from '../../../shared/contract/orders.ts';
import { useCommand } from '../../station/use-command.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './order-screen.module.css';
import { SkuUnitFields, useSkuUnits } from './sku-units.tsx';

/** Units that have left, by the SKU that the buyer ordered. */
function sentOf(lines: OrderView['lines']): ReadonlyMap<string, number> {
  const sent = new Map<string, number>();
  for (const { sku, replaces, quantityShipped } of lines)
    sent.set(replaces ?? sku, (sent.get(replaces ?? sku) ?? 0) + quantityShipped);
  return new Map([...sent].filter(([, units]) => units > 0));
}

/** Goods came back: how many of each, and whether the buyer gets money back, so that the shop hears of it. */
export function GoodsBack({ order }: { order: OrderView }): ReactNode {
  const { t } = useMessages();
  const [open, setOpen] = useState(false);
  const [refund, setRefund] = useState(false);
  const [told, setTold] = useState<{ returned: boolean; refund: boolean }>();
  const tell = useCommand('shops.tell-return', (answer) => {
    setTold(answer);
    setOpen(false);
    setRefund(false);
  });
  const sent = sentOf(order.lines);
  const units = useSkuUnits(sent);
  if (sent.size === 0) return null;
  function submit(event: FormEvent): void {
    event.preventDefault();
    tell.mutate({ orderId: order.id, lines: [...units.lines], refund });
  }
  if (!open)
    return (
      <>
        <Button variant="default" onClick={() => setOpen(true)}>
          {t('source.back')}
        </Button>
        {told && (
          <p role="status">
            {[told.returned && t('source.back-told'), told.refund && t('source.refund-told')].filter(Boolean).join(' ')}
          </p>
        )}
      </>
    );
  return (
    <form className={classes.form} onSubmit={submit} aria-label={t('source.back')}>
      <SkuUnitFields units={units} label="source.units-back" />
      <Checkbox
        label={t('source.refund')}
        checked={refund}
        onChange={(event) => setRefund(event.currentTarget.checked)}
      />
      <Button type="submit" disabled={units.wrong} loading={tell.isPending}>
        {t('source.back-yes')}
      </Button>
      <Button variant="default" onClick={() => setOpen(false)}>
        {t('operators.close')}
      </Button>
      {tell.error && <ErrorNotice error={tell.error} />}
    </form>
  );
}
