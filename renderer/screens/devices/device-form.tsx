import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { DeviceView, ProbeFinding } from '../../../shared/contract/devices.ts';
import { useCommand } from '../../station/use-command.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { FormActs } from '../../ui/form-acts.tsx';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { type DeviceDraft, draftOf, lineDraft, onProtocol, type Protocol, readDraft } from './device-draft.ts';
import type { DeviceForm } from './form-parts.ts';
import { PrinterFields, ScaleFields, ScannerFields } from './kind-fields.tsx';
import { LineFields } from './line-fields.tsx';
import { type Found, PlaceFields } from './place-fields.tsx';
import { ProbePanel } from './probe-panel.tsx';

function KindFields({ form }: { form: DeviceForm }): ReactNode {
  switch (form.draft.kind) {
    case 'scale':
      return <ScaleFields form={form} />;
    case 'scanner':
      return <ScannerFields form={form} />;
    case 'printer':
      return <PrinterFields form={form} />;
  }
}

/** What was found on the port, as the form would hold it. */
function found(finding: ProbeFinding, draft: DeviceDraft, protocols: readonly Protocol[]): Partial<DeviceDraft> {
  const line = { ...lineDraft(finding.line), dtr: draft.line.dtr };
  if (finding.kind === 'scanner') return { kind: 'scanner', protocol: '', line };
  const protocol = protocols.find(({ name }) => name === finding.protocol);
  return { kind: 'scale', ...onProtocol(protocol, draft), line };
}

export interface DeviceFormProps {
  /** What the form begins with; a device that is set up already, or a new one. */
  readonly start: DeviceView | DeviceDraft;
  readonly found: Found;
  onClose(): void;
}

/** Sets a device up or changes it; beside the list, never over it. */
export function DeviceFormPanel({ start, found: onThisPc, onClose }: DeviceFormProps): ReactNode {
  const { t } = useMessages();
  const device = 'id' in start ? start : undefined;
  const [draft, setDraft] = useState(() => ('id' in start ? draftOf(start) : start));
  const [tried, setTried] = useState(false);
  const place = useRef<HTMLFormElement>(null);
  // It may have been asked for from the end of a long page; closed, the list with what was set up is shown again.
  useEffect(() => {
    const around = place.current?.parentElement?.closest('article, section');
    place.current?.scrollIntoView({ block: 'start' });
    return () => around?.scrollIntoView({ block: 'start' });
  }, []);
  const protocols = useStationQuery('devices.protocols-view', {}).data?.protocols ?? [];
  const add = useCommand('devices.add', onClose);
  const change = useCommand('devices.change', onClose);
  const read = readDraft(draft, protocols);
  const set = (part: Partial<DeviceDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const form: DeviceForm = { draft, wrong: tried ? read.wrong : new Set(), protocols, set };
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (!read.device) return;
    const { kind, ...rest } = read.device;
    if (device) change.mutate({ ...rest, deviceId: device.id, expectedVersion: device.version });
    else add.mutate({ kind, ...rest });
  }
  const failure = add.error ?? change.error;
  const title = device ? t(`device.change.${draft.kind}`) : t(`device.add.${draft.kind}`);
  return (
    <form
      ref={place}
      className={classes.form}
      onSubmit={submit}
      noValidate
      aria-label={title}
      data-device-form={draft.kind}
    >
      <h3 className={classes.heading}>{title}</h3>
      <PlaceFields form={form} found={onThisPc} own={device?.id} />
      {draft.way === 'serial' && (
        <ProbePanel
          path={draft.path}
          protocols={protocols}
          onUse={(finding) => {
            const { kind = draft.kind, ...part } = found(finding, draft, protocols);
            // A device that is set up stays what it is.
            set(device ? part : { ...part, kind });
          }}
        />
      )}
      <KindFields form={form} />
      {draft.way === 'serial' && draft.kind !== 'printer' && <LineFields form={form} />}
      <FormActs
        submit={t('ui.save')}
        busy={add.isPending || change.isPending}
        wrong={form.wrong.size}
        onClose={onClose}
      />
      {failure && <ErrorNotice error={failure} />}
    </form>
  );
}
