import { Select } from '@mantine/core';
import type { ReactNode } from 'react';

/** The words about a field stand under it, so that fields beside each other begin on one line. */
export const fieldOrder: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];

export interface ChoiceOption {
  readonly value: string;
  readonly label: string;
}

export interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly ChoiceOption[];
  readonly description?: string | undefined;
  /** Words for what is wrong with it. */
  readonly error?: string | undefined;
  onChange(value: string): void;
}

/** A choice list that a gloved finger can work. */
export function Choice({ label, value, options, description, error, onChange }: ChoiceProps): ReactNode {
  return (
    <Select
      size="lg"
      inputWrapperOrder={fieldOrder}
      label={label}
      description={description}
      error={error}
      value={value === '' && options.every((option) => option.value !== '') ? null : value}
      data={[...options]}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}
