import { PasswordInput, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AccountField } from '../../../shared/model/carrier.ts';
import { Choice, fieldOrder } from '../../ui/choice.tsx';
import { isMessageKey } from '../../ui/message-key.ts';
import { useMessages } from '../../ui/use-messages.ts';

export interface FieldsProps {
  readonly fields: readonly AccountField[];
  readonly values: Readonly<Record<string, string>>;
  readonly wrong: ReadonlySet<string>;
  /** Secrets that are stored already: an empty field leaves them as they are. */
  readonly stored: readonly string[];
  set(name: string, value: string): void;
}

function Field({ field, form }: { field: AccountField; form: FieldsProps }): ReactNode {
  const { t } = useMessages();
  const { name, kind, required, choices = [] } = field;
  const key = `carrier.field.${name}`;
  const text = `carrier.field.${name}.text`;
  const kept = form.stored.includes(name);
  const shared = {
    label: isMessageKey(key) ? t(key) : name,
    description: kept ? t('carrier.secret-kept') : isMessageKey(text) ? t(text) : undefined,
    error: form.wrong.has(name) ? t(kind === 'url' ? 'carrier.wrong.url' : 'carrier.wrong.needed') : undefined,
  };
  const value = form.values[name] ?? '';
  if (kind === 'choice')
    return (
      <Choice
        {...shared}
        value={value}
        options={choices.map((choice) => {
          const words = `carrier.choice.${choice}`;
          return { value: choice, label: isMessageKey(words) ? t(words) : choice };
        })}
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

/** The fields that a connector asks for, each with its name in the carrier's own documents. */
export function AccountFields(form: FieldsProps): ReactNode {
  return form.fields.map((field) => <Field key={field.name} field={field} form={form} />);
}
