import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useCommand } from '../../station/use-command.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';

/** Two presses beside each other: what is forgotten must be set up anew. */
export function RemoveDevice({ deviceId, name }: { deviceId: string; name: string }): ReactNode {
  const { t } = useMessages();
  const [asked, setAsked] = useState(false);
  const remove = useCommand('devices.remove');
  if (!asked)
    return (
      <Button
        size="lg"
        variant="default"
        aria-label={t('device.remove-of', { name })}
        onClick={(event) => {
          // The button that takes its place must not be pressed by a scanner’s Enter.
          event.currentTarget.blur();
          setAsked(true);
        }}
      >
        {t('device.remove')}
      </Button>
    );
  return (
    <span className={classes.acts}>
      <b>{t('device.remove-sure', { name })}</b>
      <Button size="lg" color="red.9" loading={remove.isPending} onClick={() => remove.mutate({ deviceId })}>
        {t('device.remove-yes')}
      </Button>
      <Button size="lg" variant="default" onClick={() => setAsked(false)}>
        {t('device.remove-no')}
      </Button>
      {remove.error && <ErrorNotice error={remove.error} />}
    </span>
  );
}
