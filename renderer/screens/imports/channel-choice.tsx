import { Select } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { type ChannelName, channels } from '../../../shared/model/channel.ts';
import { useMessages } from '../../ui/use-messages.ts';

const STORAGE_KEY = 'packwright.import-channel';

function asChannel(value: string | null): ChannelName | undefined {
  return channels.find((channel) => channel === value);
}

/**
 * The channel for files that name none, kept on this machine.
 *
 * An order is known by its channel and id: the same file with another channel would be other orders.
 */
export function useImportChannel(): readonly [ChannelName | undefined, (channel: ChannelName | undefined) => void] {
  const [channel, setChannel] = useState(() => asChannel(localStorage.getItem(STORAGE_KEY)));
  return [
    channel,
    (next) => {
      if (next) localStorage.setItem(STORAGE_KEY, next);
      else localStorage.removeItem(STORAGE_KEY);
      setChannel(next);
    },
  ];
}

export interface ChannelChoiceProps {
  readonly value: ChannelName | undefined;
  readonly onChange: (channel: ChannelName | undefined) => void;
}

export function ChannelChoice({ value, onChange }: ChannelChoiceProps): ReactNode {
  const { t } = useMessages();
  return (
    <Select
      label={t('import.channel')}
      description={t('import.channel.text')}
      placeholder={t('import.channel.from-file')}
      clearable
      allowDeselect
      maw={420}
      value={value ?? null}
      data={channels.map((channel) => ({ value: channel, label: t(`channel.${channel}`) }))}
      onChange={(chosen) => onChange(asChannel(chosen))}
      clearButtonProps={{ 'aria-label': t('ui.clear') }}
    />
  );
}
