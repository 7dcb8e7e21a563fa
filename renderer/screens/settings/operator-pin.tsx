import { Button, PasswordInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { OperatorView } from '../../../shared/contract/stations.ts';
import { useCommand } from '../../station/use-command.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './operators-card.module.css';

/** Sets the PIN that follows the badge, or takes it away; nobody can read one that is set. */
export function OperatorPin({ operator }: { operator: OperatorView }): ReactNode {
  const { t } = useMessages();
  const [pin, setPin] = useState('');
  const client = useQueryClient();
  const set = useCommand('stations.set-pin', () => {
    setPin('');
    return client.invalidateQueries({ queryKey: ['stations.operators-view'] });
  });
  const fits = /^\d{4,8}$/.test(pin);
  return (
    <div className={classes.pin}>
      <PasswordInput
        w={300}
        label={t('operators.pin.new')}
        description={t(operator.hasPin ? 'operators.pin.set' : 'operators.pin.none')}
        inputMode="numeric"
        autoComplete="new-password"
        maxLength={8}
        value={pin}
        onChange={(event) => setPin(event.currentTarget.value.replace(/\D/g, ''))}
      />
      <Button
        variant="default"
        disabled={!fits}
        loading={set.isPending}
        onClick={() => set.mutate({ operatorId: operator.id, pin })}
      >
        {t('operators.pin.save')}
      </Button>
      {operator.hasPin && (
        <Button
          variant="default"
          loading={set.isPending}
          onClick={() => set.mutate({ operatorId: operator.id, pin: null })}
        >
          {t('operators.pin.clear')}
        </Button>
      )}
      {set.isSuccess && <span role="status">{t('operators.pin.saved')}</span>}
      {set.error && <ErrorNotice error={set.error} />}
    </div>
  );
}
