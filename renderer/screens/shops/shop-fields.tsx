import { PasswordInput, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AccountField } from '../../../shared/model/carrier.ts';
import { Choice, fieldOrder } from '../../ui/choice.tsx';
import { isMessageKey } from '../../ui/message-key.ts';
import { type Messages, useMessages } from '../../ui/use-messages.ts';

export interface FieldsProps {
  readonly fields: readonly AccountField[];
  readonly values: Readonly<Record<string, string>>;
  readonly wrong: ReadonlySet<string>;
  /** Secrets that are stored already: an empty field leaves them as they are. */
  readonly stored: readonly string[];
  set(name: string, value: string): void;
}

/** The first of these keys that has a text. */
function firstText({ t }: Messages, keys: readonly string[]): string | undefined {
  const key = keys.find((name) => isMessageKey(name));
  return key !== undefined && isMessageKey(key) ? t(key) : undefined;
}

function Field({ field, form }: { field: AccountField; form: FieldsProps }): ReactNode {
  const words = useMessages();
  const { t } = words;
  const { name, kind, required, choices = [] } = field;
  const kept = form.stored.includes(name);
  const hint = firstText(words, [`shop.field.${name}.text`, `carrier.field.${name}.text`]);
  const shared = {
    label: firstText(words, [`shop.field.${name}`, `carrier.field.${name}`]) ?? name,
    description: kept ? t('carrier.secret-kept') : hint,
    error: form.wrong.has(name) ? t(kind === 'url' ? 'carrier.wrong.url' : 'carrier.wrong.needed') : undefined,
  };
  const value = form.values[name] ?? '';
  if (kind === 'choice')
    return (
      <Choice
        {...shared}
        value={value}
        options={choices.map((choice) => ({
          value: choice,
          label: firstText(words, [`shop.choice.${choice}`, `carrier.choice.${choice}`]) ?? choice,
        }))}
        onChange={(next) => form.set(name, next)}
      />
    );
  const input = {
    ...shared,
    size: 'lg',
    inputWrapperOrder: fieldOrder,
    value,
    withAsterisk: required && !kept,
    spellCheck: false,
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => form.set(name, event.currentTarget.value),
  } as const;
  return kind === 'secret' ? <PasswordInput {...input} autoComplete="new-password" /> : <TextInput {...input} />;
}

/** The fields that a kind of shop asks for, each with where it is found. */
export function ShopFields(form: FieldsProps): ReactNode {
  return form.fields.map((field) => <Field key={field.name} field={field} form={form} />);
}
