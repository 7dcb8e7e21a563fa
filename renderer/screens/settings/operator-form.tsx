import { Button, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { OperatorView } from '../../../shared/contract/stations.ts';
import { useCommand } from '../../station/use-command.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import { OperatorPin } from './operator-pin.tsx';
import classes from './operators-card.module.css';
import settingsClasses from './settings-screen.module.css';

const roles = ['packer', 'supervisor', 'admin'] as const;
const languages = [
  { value: 'en', label: 'English' },
  { value: 'fr', label: 'Français' },
] as const;

type Draft = Omit<CallInput<'stations.save-operator'>, 'operatorId' | 'expectedVersion'>;

function draftOf(operator: OperatorView | undefined): Draft {
  if (!operator) return { name: '', role: 'packer', language: 'en' };
  const { name, role, language, theme, active } = operator;
  return { name, role: roles.find((known) => known === role) ?? 'packer', language, theme, active };
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  onChoose(value: Value): void;
}

function Choice<Value extends string>({ label, value, options, onChoose }: ChoiceProps<Value>): ReactNode {
  return (
    <div>
      <p className={settingsClasses.legend}>{label}</p>
      <SegmentedControl
        size="md"
        aria-label={label}
        value={value}
        data={[...options]}
        onChange={(chosen) => {
          const option = options.find((known) => known.value === chosen);
          if (option) onChoose(option.value);
        }}
      />
    </div>
  );
}

/** What every act of the form shares: the list is fetched again, whoever is signed in included. */
function useSaveOperator(onSaved: () => void) {
  const client = useQueryClient();
  return useCommand('stations.save-operator', async () => {
    await client.invalidateQueries({ queryKey: ['stations.operators-view'] });
    await client.invalidateQueries({ queryKey: ['stations.session-view'] });
    onSaved();
  });
}

export interface OperatorFormProps {
  /** Nobody for somebody new. */
  readonly operator: OperatorView | undefined;
  onClose(): void;
}

/** Adds somebody, or changes, retires and brings back; beside the list, never over it. */
export function OperatorForm({ operator, onClose }: OperatorFormProps): ReactNode {
  const { t } = useMessages();
  const [draft, setDraft] = useState(() => draftOf(operator));
  const save = useSaveOperator(onClose);
  const send = (change: Partial<Draft>): void =>
    save.mutate({
      ...draft,
      ...change,
      name: draft.name.trim(),
      ...(operator ? { operatorId: operator.id } : {}),
      expectedVersion: operator?.version ?? 0,
    });
  function submit(event: FormEvent): void {
    event.preventDefault();
    send({});
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <h3 className={classes.heading}>
        {operator ? t('operators.edit', { name: operator.name }) : t('operators.add')}
      </h3>
      <TextInput
        w={300}
        label={t('operators.name')}
        maxLength={60}
        value={draft.name}
        onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
      />
      <Choice
        label={t('operators.role')}
        value={draft.role}
        options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
        onChoose={(role) => setDraft({ ...draft, role })}
      />
      <Choice
        label={t('operators.language')}
        value={draft.language}
        options={languages}
        onChoose={(language) => setDraft({ ...draft, language })}
      />
      {operator?.active && <OperatorPin operator={operator} />}
      <div className={classes.wide}>
        <Button type="submit" loading={save.isPending} disabled={draft.name.trim() === ''}>
          {t('ui.save')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('operators.close')}
        </Button>
        {operator && (
          <>
            <Button variant="default" loading={save.isPending} onClick={() => send({ active: !operator.active })}>
              {t(operator.active ? 'operators.retire' : 'operators.bring-back')}
            </Button>
            <Switch
              label={t('operators.new-badge')}
              checked={draft.newBadge ?? false}
              onChange={(event) => setDraft({ ...draft, newBadge: event.currentTarget.checked })}
            />
          </>
        )}
        {save.error && <ErrorNotice error={save.error} />}
      </div>
    </form>
  );
}
