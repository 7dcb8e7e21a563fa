import { Button, NumberInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { useCommand } from '../../station/use-command.ts';
import { messageForError } from '../../ui/message-for.ts';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './count-cell.module.css';

export type Level = CallOutput<'stock.levels-view'>['levels'][number];

/** Takes what was counted in a bin and says by how much the books were wrong. */
export function CountCell({ level }: { level: Level }): ReactNode {
  const messages = useMessages();
  const { t } = messages;
  const [counted, setCounted] = useState<number | string>('');
  const count = useCommand('stock.count-location', () => setCounted(''));
  const { sku, location } = level;
  function save(event: FormEvent): void {
    event.preventDefault();
    if (typeof counted === 'number') count.mutate({ sku, location, counted });
  }
  return (
    <form className={classes.form} onSubmit={save}>
      <NumberInput
        size="sm"
        w={110}
        min={0}
        max={10_000_000}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        aria-label={t('stock.counted-in', { sku, location })}
        placeholder={t('stock.counted')}
        value={counted}
        onChange={setCounted}
        error={count.error ? messageForError(messages, count.error).title : undefined}
      />
      <Button size="sm" variant="default" type="submit" loading={count.isPending} disabled={counted === ''}>
        {t('ui.save')}
      </Button>
      {count.data && counted === '' && (
        <span role="status">
          {count.data.difference === 0
            ? t('stock.count-right')
            : t('stock.count-difference', {
                difference: count.data.difference > 0 ? `+${count.data.difference}` : count.data.difference,
              })}
        </span>
      )}
    </form>
  );
}
