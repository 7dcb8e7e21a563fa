import { Switch, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { AccountView, ConnectorView } from '../../../shared/contract/shipping-accounts.ts';
import { useCommand } from '../../station/use-command.ts';
import { fieldOrder } from '../../ui/choice.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { FormActs } from '../../ui/form-acts.tsx';
import { isMessageKey } from '../../ui/message-key.ts';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { type AccountDraft, draftOf, emptyAccount, readAccount } from './account-draft.ts';
import { AccountFields } from './account-fields.tsx';

interface Form {
  readonly draft: AccountDraft;
  readonly wrong: ReadonlySet<string>;
  set(part: Partial<AccountDraft>): void;
}

function PickUp({ form }: { form: Form }): ReactNode {
  const { t } = useMessages();
  const { draft, wrong } = form;
  return (
    <>
      <TextInput
        size="lg"
        inputWrapperOrder={fieldOrder}
        label={t('carrier.cut-off')}
        description={t('carrier.cut-off.text')}
        placeholder="16:30"
        error={wrong.has('cutOff') ? t('carrier.wrong.cut-off') : undefined}
        value={draft.cutOff}
        onChange={(event) => form.set({ cutOff: event.currentTarget.value.trim() })}
      />
      <TextInput
        size="lg"
        inputWrapperOrder={fieldOrder}
        label={t('carrier.time-zone')}
        value={draft.timeZone}
        onChange={(event) => form.set({ timeZone: event.currentTarget.value.trim() })}
      />
    </>
  );
}

function Switches({ form, connector }: { form: Form; connector: ConnectorView }): ReactNode {
  const { t } = useMessages();
  return (
    <>
      {connector.kind === 'own-range' && (
        <Switch
          size="lg"
          className={classes.switch ?? ''}
          label={t('carrier.approved')}
          description={t('carrier.approved.text')}
          checked={form.draft.approved}
          onChange={(event) => form.set({ approved: event.currentTarget.checked })}
        />
      )}
      <Switch
        size="lg"
        className={classes.switch ?? ''}
        label={t('carrier.active')}
        checked={form.draft.active}
        onChange={(event) => form.set({ active: event.currentTarget.checked })}
      />
    </>
  );
}

export interface AccountFormProps {
  readonly connector: ConnectorView;
  /** Nothing for a new one. */
  readonly account: AccountView | undefined;
  readonly timeZone: string;
  onClose(): void;
}

/** Connects an account or changes it; secrets go in and never come back. */
export function AccountForm({ connector, account, timeZone, onClose }: AccountFormProps): ReactNode {
  const { t } = useMessages();
  const [draft, setDraft] = useState(() => (account ? draftOf(account) : emptyAccount(connector, timeZone)));
  const [tried, setTried] = useState(false);
  const place = useRef<HTMLFormElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), []);
  const save = useCommand('shipping.save-account', onClose);
  const stored = account?.secrets ?? [];
  const read = readAccount(draft, connector, stored);
  const set = (part: Partial<AccountDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const form: Form = { draft, wrong: tried ? read.wrong : new Set(), set };
  const title = t(account ? 'carrier.change-of' : 'carrier.add-of', { name: connector.title });
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (read.fields) save.mutate({ id: account?.id ?? null, expectedVersion: account?.version ?? 0, ...read.fields });
  }
  return (
    <form ref={place} className={classes.form} onSubmit={submit} noValidate aria-label={title}>
      <h3 className={classes.heading}>{title}</h3>
      {connector.missing !== null && isMessageKey(connector.missing) && (
        <p className={classes.note}>{t(connector.missing)}</p>
      )}
      <div className={classes.fields}>
        <TextInput
          size="lg"
          inputWrapperOrder={fieldOrder}
          label={t('carrier.name')}
          description={t('carrier.name.text')}
          error={form.wrong.has('title') ? t('carrier.wrong.needed') : undefined}
          value={draft.title}
          onChange={(event) => set({ title: event.currentTarget.value })}
        />
        <AccountFields
          fields={connector.fields}
          values={draft.values}
          wrong={form.wrong}
          stored={stored}
          set={(name, value) => set({ values: { ...draft.values, [name]: value } })}
        />
        <PickUp form={form} />
        <Switches form={form} connector={connector} />
      </div>
      <FormActs submit={t('ui.save')} busy={save.isPending} wrong={form.wrong.size} onClose={onClose} />
      {save.error && <ErrorNotice error={save.error} />}
    </form>
  );
}
