import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMessages } from '../../ui/use-messages.ts';

export interface ParcelNumber {
  readonly carrier: string;
  readonly tracking: string;
}

/** Whether both are typed in. */
export const isWholeNumber = ({ carrier, tracking }: ParcelNumber): boolean =>
  carrier.trim() !== '' && tracking.trim() !== '';

/** Carrier and number of a parcel, typed in. */
export function ParcelNumberFields(props: { value: ParcelNumber; onChange(value: ParcelNumber): void }): ReactNode {
  const { t } = useMessages();
  const { value, onChange } = props;
  return (
    <>
      <TextInput
        label={t('source.carrier')}
        maxLength={60}
        value={value.carrier}
        onChange={(event) => onChange({ ...value, carrier: event.currentTarget.value })}
      />
      <TextInput
        label={t('source.tracking')}
        maxLength={80}
        value={value.tracking}
        onChange={(event) => onChange({ ...value, tracking: event.currentTarget.value })}
      />
    </>
  );
}
