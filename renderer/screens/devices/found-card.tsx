import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DeviceKind } from '../../../shared/contract/devices.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { Card } from '../../ui/page.tsx';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { type DeviceDraft, emptyDraft } from './device-draft.ts';
import type { Found } from './place-fields.tsx';

interface Free {
  readonly name: string;
  readonly maker: string | null;
  readonly icon: IconName;
  /** What it can be, with the form that it begins. */
  readonly offers: readonly DeviceDraft[];
}

function freeOf({ ports, queues }: Found): Free[] {
  const serial = (kind: DeviceKind, path: string): DeviceDraft => ({ ...emptyDraft(kind), path });
  return [
    ...ports
      .filter(({ deviceId }) => deviceId === null)
      .map(({ path, maker, kind }) => ({
        ...{ name: path, maker, icon: 'plug' as const },
        offers:
          kind === 'hid'
            ? [{ ...emptyDraft('scale'), way: 'hid' as const, path, protocol: 'usb-hid' }]
            : [serial('scale', path), serial('scanner', path)],
      })),
    ...queues
      .filter(({ deviceId }) => deviceId === null)
      .map(({ name, makerModel }) => ({
        ...{ name, maker: makerModel, icon: 'printer' as const },
        offers: [{ ...emptyDraft('printer'), path: name }],
      })),
  ];
}

/** Ports and print queues of this PC that no device has yet, each with what it can become. */
export function FoundCard({ found, onAdd }: { found: Found; onAdd(draft: DeviceDraft): void }): ReactNode {
  const { t } = useMessages();
  const free = freeOf(found);
  return (
    <Card title={t('found.title')}>
      {free.length === 0 && <p className={classes.muted}>{t('found.none')}</p>}
      <ul className={classes.rows}>
        {free.map(({ name, maker, icon, offers }) => (
          <li key={name} className={classes.row} data-free={name}>
            <Icon name={icon} size={32} />
            <span className={classes.grow}>
              <b className={classes.address}>{name}</b>
              {maker !== null && <span className={classes.muted}> {maker}</span>}
            </span>
            {offers.map((draft) => (
              <Button
                key={draft.kind}
                size="lg"
                variant="default"
                aria-label={`${t(`device.add.${draft.kind}`)} ${name}`}
                onClick={() => onAdd(draft)}
              >
                {t(`device.add.${draft.kind}`)}
              </Button>
            ))}
          </li>
        ))}
      </ul>
      <p className={classes.muted}>{t('found.typed')}</p>
    </Card>
  );
}
