import { NumberInput, SegmentedControl, Switch, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { SharedSettings } from '../../../shared/contract/stations.ts';
import { isMessageKey, type MessageKey } from '../../ui/message-key.ts';
import { type Messages, useMessages } from '../../ui/use-messages.ts';
import classes from './settings-screen.module.css';

/** What the fields of the form share: the values as edited, and how to change one. */
export interface FormFields {
  readonly value: SharedSettings;
  readonly wrong: ReadonlySet<keyof SharedSettings>;
  readonly readOnly: boolean;
  readonly set: <N extends keyof SharedSettings>(name: N, value: SharedSettings[N]) => void;
}

type NamesOf<Value> = {
  [N in keyof SharedSettings]: SharedSettings[N] extends Value ? N : never;
}[keyof SharedSettings];
type TextName = { [N in keyof SharedSettings]: string extends SharedSettings[N] ? N : never }[keyof SharedSettings];

function fault({ t }: Messages, form: FormFields, name: keyof SharedSettings): string | undefined {
  if (!form.wrong.has(name)) return undefined;
  const key = `settings.${name}.wrong`;
  return t(isMessageKey(key) ? key : 'settings.too-long');
}

export interface FieldProps<Name extends keyof SharedSettings> {
  readonly form: FormFields;
  readonly name: Name;
}

export function TextField({ form, name, described }: FieldProps<TextName> & { described?: boolean }): ReactNode {
  const messages = useMessages();
  const { t } = messages;
  const text: MessageKey | undefined =
    described && isMessageKey(`settings.${name}.text`) ? (`settings.${name}.text` as MessageKey) : undefined; // checked on this line
  return (
    <TextInput
      label={t(`settings.${name}`)}
      description={text && t(text)}
      readOnly={form.readOnly}
      value={form.value[name]}
      error={fault(messages, form, name)}
      onChange={(event) => {
        const { value } = event.currentTarget;
        form.set(name, name === 'country' ? value.toUpperCase() : value);
      }}
    />
  );
}

export function NumberField({ form, name }: FieldProps<NamesOf<number>>): ReactNode {
  const messages = useMessages();
  return (
    <NumberInput
      label={messages.t(`settings.${name}`)}
      readOnly={form.readOnly}
      allowDecimal={false}
      value={form.value[name]}
      error={fault(messages, form, name)}
      // An emptied field gives text; NaN keeps it wrong until a number stands there again.
      onChange={(value) => form.set(name, typeof value === 'number' ? value : Number.NaN)}
    />
  );
}

export function SwitchField({ form, name }: FieldProps<NamesOf<boolean>>): ReactNode {
  const { t } = useMessages();
  return (
    <Switch
      label={t(`settings.${name}`)}
      disabled={form.readOnly}
      checked={form.value[name]}
      onChange={(event) => form.set(name, event.currentTarget.checked)}
    />
  );
}

type ChoiceName =
  | 'defaultLanguage'
  | 'signIn'
  | 'weighing'
  | 'labelMedia'
  | 'labelDpi'
  | 'shortRule'
  | 'expiryRule'
  | 'hazardousService'
  | 'cartonScan'
  | 'incoterm'
  | 'invoices'
  | 'returnWhoPays';

export interface ChoiceFieldProps<Name extends ChoiceName> extends FieldProps<Name> {
  readonly options: readonly SharedSettings[Name][];
}

export function ChoiceField<Name extends ChoiceName>({ form, name, options }: ChoiceFieldProps<Name>): ReactNode {
  const { t } = useMessages();
  const words = (option: SharedSettings[ChoiceName]) => {
    const key = `settings.${name}.${option}`;
    return isMessageKey(key) ? t(key) : String(option);
  };
  return (
    <div>
      <p className={classes.legend}>{t(`settings.${name}`)}</p>
      <SegmentedControl
        size="md"
        className={classes.choices ?? ''}
        aria-label={t(`settings.${name}`)}
        readOnly={form.readOnly}
        value={String(form.value[name])}
        data={options.map((option) => ({ value: String(option), label: words(option) }))}
        onChange={(value) => {
          const chosen = options.find((option) => String(option) === value);
          if (chosen !== undefined) form.set(name, chosen);
        }}
      />
    </div>
  );
}
