import { Button, Select } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { returnReasons } from '../../../shared/contract/returns.ts';
import { useCommand } from '../../station/use-command.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './order-screen.module.css';

const reasons = returnReasons.filter((reason) => reason !== 'in-box');
type Reason = (typeof reasons)[number];

/** A buyer asks for a return label: the reason, then one press. */
export function AskReturn({ parcelId }: { parcelId: string }): ReactNode {
  const { t } = useMessages();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState<Reason>('changed-mind');
  const request = useCommand('returns.request', () => setOpen(false));
  if (!open)
    return (
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('return.request')}
      </Button>
    );
  return (
    <div className={classes.form}>
      <Select
        label={t('return.reason')}
        data={reasons.map((value) => ({ value, label: t(`return.reason.${value}`) }))}
        value={reason}
        onChange={(value) => setReason(reasons.find((known) => known === value) ?? 'other')}
      />
      <Button loading={request.isPending} onClick={() => request.mutate({ parcelId, reason })}>
        {t('return.request-yes')}
      </Button>
      {request.error && <ErrorNotice error={request.error} />}
    </div>
  );
}
