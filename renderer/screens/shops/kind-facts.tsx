import type { ReactNode } from 'react';
import type { ShopKind } from '../../../shared/contract/shops.ts';
import { isMessageKey } from '../../ui/message-key.ts';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';

/** What a kind of shop can do, and what is not sure or missing, before anybody types. */
export function KindFacts({ kind }: { kind: ShopKind }): ReactNode {
  const { t } = useMessages();
  const limit = `code.${kind.limit ?? ''}`;
  const todo = `${limit}.do`;
  const can = kind.abilities.map((ability) => {
    const key = `shop.ability.${ability}`;
    return isMessageKey(key) ? t(key) : ability;
  });
  return (
    <>
      <p className={classes.legend}>{t('shop.can', { list: can.join(' · ') })}</p>
      {kind.limit === null && !kind.confirmed && <p className={classes.note}>{t('shop.not-confirmed')}</p>}
      {isMessageKey(limit) && (
        <p className={classes.note}>
          <b>{t(limit)}</b> {isMessageKey(todo) && t(todo)}
        </p>
      )}
    </>
  );
}
