import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { type DeviceView, deviceKinds } from '../../../shared/contract/devices.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { roleAllows } from '../../../shared/model/roles.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { EmptyNotice } from '../../ui/error-notice.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { DeviceCard, Facts, Health, type Rights } from './device-card.tsx';
import { type DeviceDraft, emptyDraft } from './device-draft.ts';
import { DeviceFormPanel } from './device-form.tsx';
import { devicesOf, kindIcons } from './device-words.ts';
import { FoundCard } from './found-card.tsx';
import { OpenJobsCard } from './open-jobs-card.tsx';
import type { Found } from './place-fields.tsx';
import { SheetsCard } from './sheets-card.tsx';

type Listed = CallOutput<'devices.devices-view'>;

/** One press for each kind of device; the form opens in the same place. */
function AddDevice({ found, start, onStart }: { found: Found; start: DeviceDraft | undefined; onStart: Start }) {
  const { t } = useMessages();
  if (start)
    return (
      <DeviceFormPanel
        key={`${start.kind} ${start.path}`}
        start={start}
        found={found}
        onClose={() => onStart(undefined)}
      />
    );
  return (
    <div className={classes.acts}>
      {deviceKinds.map((kind) => (
        <Button key={kind} size="lg" onClick={() => onStart(emptyDraft(kind))}>
          <Icon name={kindIcons[kind]} /> <span className={classes.afterIcon}>{t(`device.add.${kind}`)}</span>
        </Button>
      ))}
    </div>
  );
}

type Start = (draft: DeviceDraft | undefined) => void;

function Here({ listed, stationId, rights }: { listed: Listed; stationId: string; rights: Rights }): ReactNode {
  const { t } = useMessages();
  const [start, setStart] = useState<DeviceDraft>();
  const own = devicesOf(listed.devices, stationId);
  return (
    <>
      <Card title={t('device.here')}>
        <div className={classes.stack}>
          {own.length === 0 && <EmptyNotice icon="plug" text={t(rights.change ? 'device.none' : 'device.none-ask')} />}
          {own.map((device) => (
            <DeviceCard key={device.id} device={device} found={listed} rights={rights} />
          ))}
          {rights.change && <AddDevice found={listed} start={start} onStart={setStart} />}
          {!rights.change && <p className={classes.muted}>{t('settings.ask-admin')}</p>}
        </div>
      </Card>
      {rights.change && <FoundCard found={listed} onAdd={setStart} />}
    </>
  );
}

/** Devices of the other benches, to look at: each is changed at its own bench, where it is plugged in. */
function Elsewhere({ devices }: { devices: readonly DeviceView[] }): ReactNode {
  const { t } = useMessages();
  const benches = useStationQuery('stations.stations-view', {}, { enabled: devices.length > 0 }).data?.stations ?? [];
  if (devices.length === 0) return null;
  return (
    <Card title={t('device.elsewhere')}>
      <ul className={classes.rows}>
        {devices.map((device) => (
          <li key={device.id} className={classes.device}>
            <div className={classes.deviceHead}>
              <Icon name={kindIcons[device.kind]} size={36} />
              <h3 className={classes.heading}>
                {[benches.find(({ id }) => id === device.stationId)?.name, t(`device.${device.kind}`)]
                  .filter((part) => part !== undefined)
                  .join(' · ')}
              </h3>
              <Health device={device} />
            </div>
            <Facts device={device} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Every scale, scanner and printer: how it is, what to do about it, and for admins how it is set up. */
export function DevicesScreen({ here }: { here: CallOutput<'stations.session-view'> }): ReactNode {
  const { t } = useMessages();
  const query = useStationQuery('devices.devices-view', {});
  const role = here.operator?.role ?? 'anyone';
  const rights = { change: roleAllows(role, 'admin'), supervise: roleAllows(role, 'supervisor') };
  return (
    <Page title={t('nav.devices')} subtitle={t('device.lead')}>
      <OpenJobsCard mayAnswer={roleAllows(role, 'packer')} />
      <QueryGate query={query}>
        {(listed) => (
          <>
            <Here listed={listed} stationId={here.station.id} rights={rights} />
            <Elsewhere devices={listed.devices.filter(({ stationId }) => stationId !== here.station.id)} />
          </>
        )}
      </QueryGate>
      <SheetsCard />
    </Page>
  );
}
