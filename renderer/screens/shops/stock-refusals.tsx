import type { ReactNode } from 'react';
import type { ShopView } from '../../../shared/contract/shops.ts';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';

/** Reasons that are our connectors' own; any other is the platform's. */
const WORDS = {
  'unknown-sku': 'shop.stock.unknown-sku',
  'several-warehouses': 'shop.stock.several-warehouses',
  'fulfilled-by-amazon': 'shop.stock.fulfilled-by-amazon',
} as const;

const isOurs = (code: string): code is keyof typeof WORDS => Object.hasOwn(WORDS, code);

/** SKUs of which a shop takes no stock, and those that it does not have: the first ones with the reason. */
export function StockRefusals({ stock }: { stock: ShopView['stock'] }): ReactNode {
  const { t } = useMessages();
  const { refused, unknown, first } = stock;
  if (refused + unknown === 0) return null;
  return (
    <div className={classes.problem} data-look={refused > 0 ? 'bad' : undefined}>
      {refused > 0 && <b>{t('shop.stock.refused', { count: refused })}</b>}
      {unknown > 0 && <p>{t('shop.stock.unknown', { count: unknown })}</p>}
      <ul className={classes.meaning}>
        {first.map(({ sku, code, text }) => (
          <li key={sku}>
            {sku} · {isOurs(code) ? t(WORDS[code]) : text || code}
          </li>
        ))}
      </ul>
    </div>
  );
}
