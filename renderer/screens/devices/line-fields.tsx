import { Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { Choice } from '../../ui/choice.tsx';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { type LineDraft, lineDraft } from './device-draft.ts';
import { lineWords } from './device-words.ts';
import type { DeviceForm } from './form-parts.ts';

const speeds = ['1200', '2400', '4800', '9600', '19200', '38400', '57600', '115200'];

const eightBits = { dataBits: 8, parity: 'none', stopBits: 1 } as const;
const sevenBits = { dataBits: 7, parity: 'even', stopBits: 1 } as const;
/** What most menus offer, for a protocol that names none of its own. */
const usualLines = [
  ...[9600, 19200, 4800, 2400, 115200].map((baud) => ({ baud, ...eightBits })),
  ...[9600, 4800, 2400].map((baud) => ({ baud, ...sevenBits })),
];

/** Line settings: a preset fills all four, and each can be changed by itself. */
export function LineFields({ form }: { form: DeviceForm }): ReactNode {
  const { t } = useMessages();
  const { line, protocol } = form.draft;
  const own = form.protocols.find(({ name }) => name === protocol)?.lines ?? [];
  const presets = (own.length > 0 ? own : usualLines).map((preset) => ({ words: lineWords(preset), preset }));
  const change = (part: Partial<LineDraft>): void => form.set({ line: { ...line, ...part } });
  const chosen = presets.find(({ preset }) => same(lineDraft(preset), line))?.words ?? '';
  return (
    <fieldset className={classes.group}>
      <legend>{t('line.title')}</legend>
      <div className={classes.fields}>
        <Choice
          label={t('line.preset')}
          description={t(own.length > 0 ? 'line.preset.own' : 'line.preset.usual')}
          value={chosen}
          options={[
            ...presets.map(({ words }) => ({ value: words, label: words })),
            ...(chosen === '' ? [{ value: '', label: t('line.preset.none') }] : []),
          ]}
          onChange={(words) => {
            const found = presets.find((one) => one.words === words);
            if (found) form.set({ line: { ...lineDraft(found.preset), dtr: line.dtr } });
          }}
        />
        <Choice
          label={t('line.baud')}
          value={line.baud}
          options={[...new Set([...speeds, line.baud])].map((value) => ({ value, label: value }))}
          error={form.wrong.has('baud') ? t('device.wrong.choose') : undefined}
          onChange={(baud) => change({ baud })}
        />
        <Choice
          label={t('line.data-bits')}
          value={line.dataBits}
          options={['7', '8'].map((value) => ({ value, label: value }))}
          onChange={(dataBits) => change({ dataBits })}
        />
        <Choice
          label={t('line.parity')}
          value={line.parity}
          options={(['none', 'even', 'odd'] as const).map((value) => ({ value, label: t(`parity.${value}`) }))}
          onChange={(parity) => change({ parity })}
        />
        <Choice
          label={t('line.stop-bits')}
          value={line.stopBits}
          options={['1', '2'].map((value) => ({ value, label: value }))}
          onChange={(stopBits) => change({ stopBits })}
        />
        <Switch
          size="lg"
          className={classes.switch}
          label={t('line.dtr')}
          description={t('line.dtr.text')}
          checked={line.dtr}
          onChange={(event) => change({ dtr: event.currentTarget.checked })}
        />
      </div>
    </fieldset>
  );
}

function same(one: LineDraft, other: LineDraft): boolean {
  return (['baud', 'dataBits', 'parity', 'stopBits'] as const).every((part) => one[part] === other[part]);
}
