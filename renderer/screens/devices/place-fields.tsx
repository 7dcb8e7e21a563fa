import { Autocomplete, Combobox, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { Choice, fieldOrder } from '../../ui/choice.tsx';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { type DeviceWay, onWay, waysOf } from './device-draft.ts';
import type { DeviceForm } from './form-parts.ts';

export type Found = Pick<CallOutput<'devices.devices-view'>, 'ports' | 'queues'>;

export interface PlaceProps {
  readonly form: DeviceForm;
  readonly found: Found;
  /** Device whose form it is: its own port is not taken. */
  readonly own: string | undefined;
}

/** Names that the system shows and no other device has; anything else can be typed. */
function namesFor(way: DeviceWay, { ports, queues }: Found, own: string | undefined): string[] {
  const free = ({ deviceId }: { deviceId: string | null }): boolean => deviceId === null || deviceId === own;
  if (way === 'queue') return queues.filter(free).map(({ name }) => name);
  const kind = way === 'hid' ? 'hid' : 'serial';
  return ports.filter((port) => port.kind === kind && free(port)).map(({ path }) => path);
}

function Named({ form, found, own, way }: PlaceProps & { way: Exclude<DeviceWay, 'tcp'> }): ReactNode {
  const { t } = useMessages();
  const { path } = form.draft;
  const names = way === 'serial' || way === 'hid' || way === 'queue' ? namesFor(way, found, own) : [];
  const words =
    way === 'ipp'
      ? t('place.ipp.text')
      : names.length === 0
        ? t('place.none')
        : t('place.found', { count: names.length });
  const makerOf = (name: string): string =>
    found.ports.find((port) => port.path === name)?.maker ??
    found.queues.find((queue) => queue.name === name)?.makerModel ??
    '';
  return (
    <Autocomplete
      size="lg"
      inputWrapperOrder={fieldOrder}
      rightSection={names.length > 0 ? <Combobox.Chevron size="lg" /> : undefined}
      rightSectionPointerEvents="none"
      className={classes.wide ?? ''}
      label={t(`place.${way}`)}
      description={words}
      error={form.wrong.has('path') ? t('device.wrong.place') : undefined}
      value={path}
      data={names}
      renderOption={({ option }) => (
        <span className={classes.option}>
          <b>{option.value}</b> {makerOf(option.value)}
        </span>
      )}
      onChange={(next) => form.set({ path: next })}
      spellCheck={false}
      autoComplete="off"
    />
  );
}

function Network({ form }: { form: DeviceForm }): ReactNode {
  const { t } = useMessages();
  const { host, port } = form.draft;
  return (
    <>
      <TextInput
        size="lg"
        inputWrapperOrder={fieldOrder}
        label={t('place.host')}
        description={t('place.host.text')}
        error={form.wrong.has('host') ? t('device.wrong.place') : undefined}
        value={host}
        onChange={(event) => form.set({ host: event.currentTarget.value })}
        spellCheck={false}
        autoComplete="off"
      />
      <TextInput
        size="lg"
        inputWrapperOrder={fieldOrder}
        label={t('place.port')}
        description={t('place.port.text')}
        inputMode="numeric"
        error={form.wrong.has('port') ? t('device.wrong.port') : undefined}
        value={port}
        onChange={(event) => form.set({ port: event.currentTarget.value })}
        autoComplete="off"
      />
    </>
  );
}

/** Where the device is: chosen from what the system shows, or typed. */
export function PlaceFields({ form, found, own }: PlaceProps): ReactNode {
  const { t } = useMessages();
  const { kind, way } = form.draft;
  const ways = way === 'simulated' ? [way] : waysOf[kind];
  return (
    <div className={classes.fields}>
      <Choice
        label={t('device.way')}
        value={way}
        options={ways.map((value) => ({ value, label: t(`way.${value}`) }))}
        onChange={(value) => {
          const next = ways.find((one) => one === value);
          if (next && next !== way) form.set(onWay(form.draft, next));
        }}
      />
      {way === 'tcp' ? <Network form={form} /> : <Named form={form} found={found} own={own} way={way} />}
    </div>
  );
}
