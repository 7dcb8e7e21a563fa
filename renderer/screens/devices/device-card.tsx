import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { DeviceView } from '../../../shared/contract/devices.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { Icon } from '../../ui/icons.tsx';
import classes from '../../ui/set-up.module.css';
import { type Messages, useMessages } from '../../ui/use-messages.ts';
import { useNow } from '../../ui/use-now.ts';
import { DeviceMark } from '../frame/device-mark.tsx';
import { DeviceFormPanel } from './device-form.tsx';
import {
  addressWords,
  kindIcons,
  lineWords,
  lookOf,
  mediaWords,
  problemOf,
  sinceWords,
  stateWords,
} from './device-words.ts';
import type { Found } from './place-fields.tsx';
import { RawPanel } from './raw-panel.tsx';
import { RemoveDevice } from './remove-device.tsx';
import { TestPrint } from './test-print.tsx';

/** What is set for a device, in the words of the form. */
function settingWords({ kind, address, settings }: DeviceView, { t }: Messages): string {
  const line = address.kind === 'serial' ? [lineWords(address.line)] : [];
  if (kind === 'scanner') {
    const { scanEnd = 'any', acknowledge = 'none', flow = 'none' } = settings;
    return [
      ...line,
      ...(scanEnd === 'any' ? [] : [t('device.scan-end.is', { end: t(`scan-end.${scanEnd}`) })]),
      ...(acknowledge === 'none' ? [] : [t(`acknowledge.${acknowledge}`)]),
      ...(flow === 'none' ? [] : [t(`scanner-flow.${flow}`)]),
    ].join(' · ');
  }
  if (kind === 'printer') {
    const { media, papers = [], language = 'pdf', dpi } = settings;
    const sheets = papers.map((paper) => t(`paper.${paper}`)).join(', ');
    const form = [...(media ? [mediaWords(media)] : []), t(`printer-language.${language}`)];
    return [sheets, ...form, ...(language === 'zpl' && dpi ? [`${dpi} dpi`] : [])].join(' · ');
  }
  return [...line, ...(settings.unit ? [settings.unit] : [])].join(' · ');
}

/** How the adapter was recognised: what finds it again in another socket. */
function identityWords({ identity }: DeviceView, { t }: Messages): string {
  const { serialNumber, byId, vendorId, productId, position } = identity;
  if (serialNumber !== undefined) return t('device.known.serial', { number: serialNumber });
  if (byId !== undefined) return t('device.known.name', { name: byId });
  if (vendorId !== undefined) return t('device.known.type', { type: `${vendorId}:${productId ?? ''}` });
  if (position !== undefined) return t('device.known.position');
  return t('device.known.path');
}

export function Facts({ device }: { device: DeviceView }): ReactNode {
  const messages = useMessages();
  const { t } = messages;
  const { kind, protocol, now, address, settings } = device;
  const protocols = useStationQuery('devices.protocols-view', {}).data?.protocols ?? [];
  const moved = now?.path && now.path !== addressWords(address) ? now.path : undefined;
  const set = settingWords(device, messages);
  return (
    <dl className={classes.facts}>
      <dt>{t('device.place')}</dt>
      <dd>
        {addressWords(address)}
        {moved !== undefined && <span className={classes.muted}> · {t('device.now-at', { path: moved })}</span>}
      </dd>
      {kind === 'scale' && (
        <>
          <dt>{t('device.protocol')}</dt>
          <dd>{protocols.find(({ name }) => name === protocol)?.title ?? protocol}</dd>
        </>
      )}
      {set !== '' && (
        <>
          <dt>{t('device.settings')}</dt>
          <dd>{set}</dd>
        </>
      )}
      {(address.kind === 'serial' || address.kind === 'hid') && (
        <>
          <dt>{t('device.known')}</dt>
          <dd>{identityWords(device, messages)}</dd>
        </>
      )}
      {kind === 'printer' && settings.papers === undefined && (
        <>
          <dt>{t('device.papers')}</dt>
          <dd>{t('device.wrong.papers')}</dd>
        </>
      )}
    </dl>
  );
}

/** State with its colour, shape and words, why, since when, and what to do. */
export function Health({ device }: { device: DeviceView }): ReactNode {
  const messages = useMessages();
  const { t, language } = messages;
  const nowMs = useNow(60_000);
  const { now } = device;
  const problem = problemOf(device, messages);
  return (
    <div className={classes.health} role="status">
      <p className={classes.acts}>
        <DeviceMark look={lookOf(device)} />
        <b data-device-words={now?.state ?? 'unknown'}>{stateWords(device, messages)}</b>
        {now && (
          <span className={classes.muted}>{t('device.since', { at: sinceWords(now.since, nowMs, language) })}</span>
        )}
        {now && now.waiting > 0 && <span>{t('device.waiting', { count: now.waiting })}</span>}
      </p>
      {problem && (
        <p className={classes.problem} data-look={lookOf(device)}>
          <b>{problem.title}</b>
          {problem.action !== undefined && <span> {problem.action}</span>}
        </p>
      )}
      {!now && <p className={classes.muted}>{t('device.unknown-here')}</p>}
    </div>
  );
}

type Opened = 'change' | 'raw' | 'test' | undefined;

interface ActsProps {
  readonly device: DeviceView;
  readonly name: string;
  readonly rights: Rights;
  readonly opened: Opened;
  open(next: Opened): void;
}

function Acts({ device, name, rights, opened, open }: ActsProps): ReactNode {
  const { t } = useMessages();
  const toggle = (which: Opened) => () => open(opened === which ? undefined : which);
  return (
    <div className={classes.acts}>
      {device.kind === 'printer' && rights.supervise && (
        <Button size="lg" variant="default" aria-expanded={opened === 'test'} onClick={toggle('test')}>
          {t('test-print.open')}
        </Button>
      )}
      {rights.change && (
        <Button
          size="lg"
          variant="default"
          aria-label={t('device.change-of', { name })}
          aria-expanded={opened === 'change'}
          onClick={toggle('change')}
        >
          {t('operators.change')}
        </Button>
      )}
      {device.kind !== 'printer' && rights.supervise && (
        <Button size="lg" variant="default" aria-expanded={opened === 'raw'} onClick={toggle('raw')}>
          {t('raw.title')}
        </Button>
      )}
      {rights.change && <RemoveDevice deviceId={device.id} name={name} />}
    </div>
  );
}

export interface Rights {
  /** Admins set devices up. */
  readonly change: boolean;
  /** Supervisors look closer and print tests. */
  readonly supervise: boolean;
}

/** One device of this bench with everything that can be done about it. */
export function DeviceCard({ device, found, rights }: { device: DeviceView; found: Found; rights: Rights }): ReactNode {
  const { t } = useMessages();
  const [opened, open] = useState<Opened>();
  const name = `${t(`device.${device.kind}`)} ${addressWords(device.address)}`;
  return (
    <article className={classes.device} aria-label={name} data-device-card={device.kind}>
      <div className={classes.deviceHead}>
        <Icon name={kindIcons[device.kind]} size={48} />
        <h3 className={classes.heading}>{t(`device.${device.kind}`)}</h3>
        <Health device={device} />
      </div>
      <Facts device={device} />
      {rights.supervise && <Acts {...{ device, name, rights, opened, open }} />}
      {opened === 'change' && (
        <DeviceFormPanel key={device.version} start={device} found={found} onClose={() => open(undefined)} />
      )}
      {opened === 'raw' && <RawPanel deviceId={device.id} mayRecord={rights.change} />}
      {opened === 'test' && <TestPrint deviceId={device.id} />}
    </article>
  );
}
