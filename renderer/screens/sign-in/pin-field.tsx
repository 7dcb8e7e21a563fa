import { TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { sendScan } from '../../scan/send-scan.ts';
import { newCommandId } from '../../station/door.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './pin-pad.module.css';

const WHOLE = /^\d{4,8}$/;

/** The PIN typed on a keyboard. It goes past the queue of scans, which outlives a reload of the page. */
export function PinField({ name }: { name: string }): ReactNode {
  const { t } = useMessages();
  const [pin, setPin] = useState('');
  const [failure, setFailure] = useState<unknown>();
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!WHOLE.test(pin)) return;
    setFailure(undefined);
    setPin('');
    sendScan({ raw: pin, source: 'typed', commandId: newCommandId() }).catch(setFailure);
  }
  return (
    <form className={classes.typed} onSubmit={submit}>
      <TextInput
        type="password"
        size="xl"
        w={360}
        aria-label={t('pin.typed', { name })}
        placeholder={t('pin.type')}
        inputMode="numeric"
        autoComplete="off"
        autoFocus
        maxLength={8}
        value={pin}
        onChange={(event) => setPin(event.currentTarget.value.replace(/\D/g, ''))}
      />
      {failure !== undefined && <ErrorNotice error={failure} />}
    </form>
  );
}
