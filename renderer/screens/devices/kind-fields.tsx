import { Autocomplete, Chip, Combobox } from '@mantine/core';
import type { ReactNode } from 'react';
import {
  printedPapers,
  printerLanguages,
  scannerAcknowledgements,
  scannerEnds,
  scannerFlows,
} from '../../../shared/contract/devices.ts';
import { settableUnits } from '../../../shared/scale/units.ts';
import { Choice, fieldOrder } from '../../ui/choice.tsx';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { onProtocol } from './device-draft.ts';
import type { DeviceForm } from './form-parts.ts';

/** What a scale’s protocol leaves open: asked for only where it matters. */
function ScaleConfigFields({ form }: { form: DeviceForm }): ReactNode {
  const { t } = useMessages();
  const { draft, protocols, wrong } = form;
  const protocol = protocols.find(({ name }) => name === draft.protocol);
  if (!protocol) return null;
  const heeds = (name: string): boolean => protocol.config.includes(name);
  const asTold = { value: '', label: t('scale-config.as-told') };
  return (
    <>
      {!protocol.unitInFrame && (
        <Choice
          label={t('scale-config.unit')}
          description={t('scale-config.unit.text')}
          value={draft.unit}
          options={settableUnits.map((value) => ({ value, label: value }))}
          error={wrong.has('unit') ? t('device.wrong.choose') : undefined}
          onChange={(unit) => form.set({ unit })}
        />
      )}
      {heeds('decimals') && (
        <Choice
          label={t('scale-config.decimals')}
          value={draft.decimals}
          options={[asTold, ...['0', '1', '2', '3', '4'].map((value) => ({ value, label: value }))]}
          onChange={(decimals) => form.set({ decimals })}
        />
      )}
      {heeds('polarity') && (
        <Choice
          label={t('scale-config.polarity')}
          description={t('scale-config.polarity.text')}
          value={draft.polarity}
          options={[
            asTold,
            ...(['normal', 'inverted'] as const).map((value) => ({ value, label: t(`polarity.${value}`) })),
          ]}
          onChange={(polarity) => form.set({ polarity })}
        />
      )}
      {heeds('terminator') && (
        <Choice
          label={t('scale-config.terminator')}
          value={draft.terminator}
          options={[
            asTold,
            ...(['crlf', 'cr', 'lf'] as const).map((value) => ({ value, label: t(`scan-end.${value}`) })),
          ]}
          onChange={(terminator) => form.set({ terminator })}
        />
      )}
      {heeds('checksum') && (
        <Choice
          label={t('scale-config.checksum')}
          value={draft.checksum}
          options={[asTold, ...(['true', 'false'] as const).map((value) => ({ value, label: t(`checksum.${value}`) }))]}
          onChange={(checksum) => form.set({ checksum })}
        />
      )}
    </>
  );
}

export function ScaleFields({ form }: { form: DeviceForm }): ReactNode {
  const { t } = useMessages();
  const { draft, protocols, wrong } = form;
  // A USB scale has its own protocol, and that one no line.
  const offered = protocols.filter(({ lines }) => (draft.way === 'hid' ? lines.length === 0 : lines.length > 0));
  return (
    <div className={classes.fields}>
      <Choice
        label={t('device.protocol')}
        description={t('device.protocol.text')}
        value={draft.protocol}
        options={offered.map(({ name, title }) => ({ value: name, label: title }))}
        error={wrong.has('protocol') ? t('device.wrong.choose') : undefined}
        onChange={(chosen) =>
          form.set(
            onProtocol(
              offered.find(({ name }) => name === chosen),
              draft,
            ),
          )
        }
      />
      <ScaleConfigFields form={form} />
    </div>
  );
}

export function ScannerFields({ form }: { form: DeviceForm }): ReactNode {
  const { t } = useMessages();
  const { scanEnd, acknowledge, flow } = form.draft;
  return (
    <div className={classes.fields}>
      <Choice
        label={t('device.scan-end')}
        description={t('device.scan-end.text')}
        value={scanEnd}
        options={scannerEnds.map((value) => ({ value, label: t(`scan-end.${value}`) }))}
        onChange={(value) => form.set({ scanEnd: value })}
      />
      <Choice
        label={t('device.acknowledge')}
        description={t('device.acknowledge.text')}
        value={acknowledge}
        options={scannerAcknowledgements.map((value) => ({ value, label: t(`acknowledge.${value}`) }))}
        onChange={(value) => form.set({ acknowledge: value })}
      />
      <Choice
        label={t('device.flow')}
        description={t('device.flow.text')}
        value={flow}
        options={scannerFlows.map((value) => ({ value, label: t(`scanner-flow.${value}`) }))}
        onChange={(value) => form.set({ flow: value })}
      />
    </div>
  );
}

const medias = ['4x6in', '100x150mm', 'a6', 'a5', 'a4', 'letter'];

export function PrinterFields({ form }: { form: DeviceForm }): ReactNode {
  const { t } = useMessages();
  const { media, papers, language, dpi } = form.draft;
  return (
    <div className={classes.fields}>
      <div className={classes.wide}>
        <p className={classes.legend} id="device-papers">
          {t('device.papers')}
        </p>
        <Chip.Group
          multiple
          value={[...papers]}
          onChange={(chosen) => form.set({ papers: printedPapers.filter((paper) => chosen.includes(paper)) })}
        >
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot lay its chips out in a row */}
          <div className={classes.chips} role="group" aria-labelledby="device-papers">
            {printedPapers.map((paper) => (
              <Chip
                key={paper}
                value={paper}
                size="xl"
                variant="outline"
                classNames={{ label: classes.chipLabel ?? '' }}
              >
                {t(`paper.${paper}`)}
              </Chip>
            ))}
          </div>
        </Chip.Group>
        {form.wrong.has('papers') && <p className={classes.wrong}>{t('device.wrong.papers')}</p>}
      </div>
      <Autocomplete
        size="lg"
        inputWrapperOrder={fieldOrder}
        rightSection={<Combobox.Chevron size="lg" />}
        rightSectionPointerEvents="none"
        label={t('device.media')}
        description={t('device.media.text')}
        value={media}
        data={medias}
        filter={({ options }) => options}
        error={form.wrong.has('media') ? t('device.wrong.media') : undefined}
        onChange={(value) => form.set({ media: value })}
        spellCheck={false}
      />
      <Choice
        label={t('device.language')}
        description={t('device.language.text')}
        value={language}
        options={printerLanguages.map((value) => ({ value, label: t(`printer-language.${value}`) }))}
        onChange={(value) => form.set({ language: value })}
      />
      <Choice
        label={t('device.dpi')}
        value={dpi}
        options={['203', '300'].map((value) => ({ value, label: `${value} dpi` }))}
        onChange={(value) => form.set({ dpi: value })}
      />
    </div>
  );
}
