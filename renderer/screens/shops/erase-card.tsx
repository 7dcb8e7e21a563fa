import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useCommand } from '../../station/use-command.ts';
import { fieldOrder } from '../../ui/choice.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { isMessageKey } from '../../ui/message-key.ts';
import { Card } from '../../ui/page.tsx';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';

function Answer({ orders, kept }: { orders: number; kept: readonly { number: string; why: string }[] }): ReactNode {
  const { t } = useMessages();
  return (
    <div role="status">
      <b>{t('shop.erase.done', { count: orders })}</b>
      {kept.length > 0 && (
        <>
          <p>{t('shop.erase.kept')}</p>
          <ul className={classes.meaning}>
            {kept.map(({ number, why }) => {
              const state = `order-state.${why}`;
              return (
                <li key={number}>
                  {number} · {isMessageKey(state) ? t(state) : why}
                </li>
              );
            })}
          </ul>
        </>
      )}
    </div>
  );
}

/** Erases what is personal of one buyer; typed twice, because nothing brings it back. */
export function EraseCard(): ReactNode {
  const { t } = useMessages();
  const [email, setEmail] = useState('');
  const [phone, setPhone] = useState('');
  const [again, setAgain] = useState('');
  const [asked, ask] = useState(false);
  const erase = useCommand('shops.erase-buyer', () => {
    ask(false);
    setAgain('');
  });
  const wanted = email.trim() || phone.trim();
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!asked) ask(true);
    else if (again.trim() === wanted)
      erase.mutate({
        ...(email.trim() === '' ? {} : { email: email.trim() }),
        ...(phone.trim() === '' ? {} : { phone: phone.trim() }),
      });
  }
  const field = (label: string, value: string, set: (text: string) => void): ReactNode => (
    <TextInput
      size="lg"
      inputWrapperOrder={fieldOrder}
      label={label}
      autoComplete="off"
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
  return (
    <Card title={t('shop.erase')}>
      <form className={classes.stack} onSubmit={submit}>
        <p className={classes.muted}>{t('shop.erase.text')}</p>
        <div className={classes.fields}>
          {field(t('shop.erase.email'), email, setEmail)}
          {field(t('shop.erase.phone'), phone, setPhone)}
          {asked && field(t('shop.erase.again', { what: wanted }), again, setAgain)}
        </div>
        <div className={classes.acts}>
          <Button
            size="lg"
            type="submit"
            color="red.9"
            disabled={wanted === '' || (asked && again.trim() !== wanted)}
            loading={erase.isPending}
          >
            {t(asked ? 'shop.erase.yes' : 'shop.erase.ask')}
          </Button>
          {asked && (
            <Button size="lg" variant="default" onClick={() => ask(false)}>
              {t('device.remove-no')}
            </Button>
          )}
        </div>
        {erase.error && <ErrorNotice error={erase.error} />}
        {erase.data && <Answer {...erase.data} />}
      </form>
    </Card>
  );
}
