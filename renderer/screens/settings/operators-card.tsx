import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { OperatorView } from '../../../shared/contract/stations.ts';
import { openDocument } from '../../station/documents.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import pageClasses from '../../ui/page.module.css';
import { Card } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { type Messages, useMessages } from '../../ui/use-messages.ts';
import { OperatorForm } from './operator-form.tsx';
import classes from './operators-card.module.css';

/** Languages are named in themselves. */
export const languageNames = { en: 'English', fr: 'Français' } as const;

function pinWords({ t }: Messages, { hasPin, pinBlockedUntil }: OperatorView): string {
  if (pinBlockedUntil !== null && Date.parse(pinBlockedUntil) > Date.now()) return t('operators.pin.blocked');
  return t(hasPin ? 'operators.pin.set' : 'operators.pin.none');
}

interface Acts {
  edit(id: string): void;
  print(id: string): void;
}

function operatorColumns(messages: Messages, acts: Acts): readonly Column<OperatorView>[] {
  const { t } = messages;
  return [
    {
      key: 'name',
      title: t('operators.name'),
      cell: ({ name, active }) => (
        <>
          <strong>{name}</strong>
          {!active && <span className={pageClasses.chip}>{t('operators.retired')}</span>}
        </>
      ),
    },
    { key: 'role', title: t('operators.role'), cell: ({ role }) => t(`role.${role}`) },
    { key: 'language', title: t('operators.language'), cell: ({ language }) => languageNames[language] },
    { key: 'pin', title: t('operators.pin'), cell: (operator) => pinWords(messages, operator) },
    {
      key: 'acts',
      title: t('operators.acts'),
      cell: ({ id, name, active }) => (
        <span className={classes.acts}>
          <Button variant="default" aria-label={t('operators.edit', { name })} onClick={() => acts.edit(id)}>
            {t('operators.change')}
          </Button>
          {active && (
            <Button variant="default" aria-label={t('operators.badge-of', { name })} onClick={() => acts.print(id)}>
              {t('operators.badge')}
            </Button>
          )}
        </span>
      ),
    },
  ];
}

function OperatorList({ operators }: { operators: readonly OperatorView[] }): ReactNode {
  const messages = useMessages();
  const { t } = messages;
  const [edited, setEdited] = useState<string>();
  const [failure, setFailure] = useState<unknown>();
  const operator = operators.find(({ id }) => id === edited);
  const print = (id: string): void => void openDocument(`badge-${id}`).catch(setFailure);
  return (
    <div className={classes.people}>
      {edited === undefined ? (
        <div>
          <Button onClick={() => setEdited('')}>{t('operators.add')}</Button>
        </div>
      ) : (
        <OperatorForm key={edited} operator={operator} onClose={() => setEdited(undefined)} />
      )}
      {failure !== undefined && <ErrorNotice error={failure} />}
      <DataTable
        label={t('operators.list')}
        columns={operatorColumns(messages, { edit: setEdited, print })}
        rows={operators}
        rowKey={({ id }) => id}
      />
    </div>
  );
}

/** Everybody who works here: roles, languages, PINs and badges. Admins only. */
export function OperatorsCard(): ReactNode {
  const { t } = useMessages();
  const query = useStationQuery('stations.operators-view', {});
  return (
    <Card title={t('operators.title')}>
      <p className={pageClasses.muted}>{t('operators.lead')}</p>
      <QueryGate query={query}>{({ operators }) => <OperatorList operators={operators} />}</QueryGate>
    </Card>
  );
}
