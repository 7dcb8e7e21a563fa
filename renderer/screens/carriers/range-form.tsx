import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { AccountView, ConnectorView } from '../../../shared/contract/shipping-accounts.ts';
import { useCommand } from '../../station/use-command.ts';
import { fieldOrder } from '../../ui/choice.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { AccountFields } from './account-fields.tsx';

const SERIAL = /^\d{1,18}$/;

interface Draft {
  readonly title: string;
  readonly first: string;
  readonly last: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Why a range cannot be saved as it is typed: names of the fields. */
function wrongIn(draft: Draft, connector: ConnectorView): ReadonlySet<string> {
  const wrong = new Set<string>();
  if (draft.title.trim() === '') wrong.add('title');
  if (!SERIAL.test(draft.first)) wrong.add('first');
  const backwards = SERIAL.test(draft.first) && SERIAL.test(draft.last) && BigInt(draft.last) < BigInt(draft.first);
  if (!SERIAL.test(draft.last) || backwards) wrong.add('last');
  for (const { name, required } of connector.rangeFields)
    if (required && (draft.params[name] ?? '').trim() === '') wrong.add(name);
  return wrong;
}

export interface RangeFormProps {
  readonly account: AccountView;
  readonly connector: ConnectorView;
  onClose(): void;
}

/** Numbers that the carrier assigned to the shipper, without their check digits. */
export function RangeForm({ account, connector, onClose }: RangeFormProps): ReactNode {
  const { t } = useMessages();
  const [draft, setDraft] = useState<Draft>(() => ({
    title: '',
    first: '',
    last: '',
    params: Object.fromEntries(connector.rangeFields.map((field) => [field.name, field.default ?? ''])),
  }));
  const [tried, setTried] = useState(false);
  const add = useCommand('shipping.add-range', onClose);
  const found = wrongIn(draft, connector);
  const wrong = tried ? found : new Set<string>();
  const texts = [
    ['title', t('range.title'), t('range.title.text'), t('carrier.wrong.needed')],
    ['first', t('range.first'), t('range.first.text'), t('range.wrong.number')],
    ['last', t('range.last'), undefined, t('range.wrong.last')],
  ] as const;
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (found.size > 0) return;
    add.mutate({ accountId: account.id, ...draft, title: draft.title.trim() });
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate aria-label={t('range.add')}>
      <h4 className={classes.heading}>{t('range.add')}</h4>
      <div className={classes.fields}>
        {texts.map(([name, label, description, fault]) => (
          <TextInput
            key={name}
            size="lg"
            inputWrapperOrder={fieldOrder}
            label={label}
            description={description}
            inputMode={name === 'title' ? 'text' : 'numeric'}
            error={wrong.has(name) ? fault : undefined}
            value={draft[name]}
            onChange={(event) => setDraft({ ...draft, [name]: event.currentTarget.value })}
          />
        ))}
        <AccountFields
          fields={connector.rangeFields}
          values={draft.params}
          wrong={wrong}
          stored={[]}
          set={(name, value) => setDraft({ ...draft, params: { ...draft.params, [name]: value } })}
        />
      </div>
      <div className={classes.acts}>
        <Button size="lg" type="submit" loading={add.isPending}>
          {t('ui.save')}
        </Button>
        <Button size="lg" variant="default" onClick={onClose}>
          {t('operators.close')}
        </Button>
      </div>
      {add.error && <ErrorNotice error={add.error} />}
    </form>
  );
}
