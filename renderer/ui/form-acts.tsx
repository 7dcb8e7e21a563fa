import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './set-up.module.css';
import { useMessages } from './use-messages.ts';

export interface FormActsProps {
  /** What the button that takes the form says. */
  readonly submit: string;
  readonly busy: boolean;
  /** How many fields are marked as wrong. */
  readonly wrong: number;
  onClose(): void;
}

/** The end of a form beside a list: take it, leave it, and how many fields stand in the way. */
export function FormActs({ submit, busy, wrong, onClose }: FormActsProps): ReactNode {
  const { t } = useMessages();
  return (
    <div className={classes.acts}>
      <Button size="lg" type="submit" loading={busy}>
        {submit}
      </Button>
      <Button size="lg" variant="default" onClick={onClose}>
        {t('operators.close')}
      </Button>
      {wrong > 0 && (
        <span role="status" className={classes.wrong}>
          {t('settings.wrong', { count: wrong })}
        </span>
      )}
    </div>
  );
}
