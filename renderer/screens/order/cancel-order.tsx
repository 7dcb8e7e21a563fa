import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useCommand } from '../../station/use-command.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './order-screen.module.css';

/** Two presses beside each other instead of a dialog: what cannot be undone is asked for once more, in place. */
export function CancelOrder({ orderId }: { orderId: string }): ReactNode {
  const { t } = useMessages();
  const [asked, setAsked] = useState(false);
  const cancel = useCommand('orders.cancel-order', () => setAsked(false));
  return (
    <div className={classes.form}>
      {!asked && (
        <Button variant="default" onClick={() => setAsked(true)}>
          {t('order.cancel')}
        </Button>
      )}
      {asked && (
        <>
          <span>{t('order.cancel-sure')}</span>
          <Button color="red.9" loading={cancel.isPending} onClick={() => cancel.mutate({ orderId })}>
            {t('order.cancel-yes')}
          </Button>
          <Button variant="default" onClick={() => setAsked(false)}>
            {t('order.cancel-no')}
          </Button>
        </>
      )}
      {cancel.error && <ErrorNotice error={cancel.error} />}
    </div>
  );
}
