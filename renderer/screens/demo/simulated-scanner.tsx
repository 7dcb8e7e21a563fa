import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { BenchView, Expected } from '../../../shared/contract/bench.ts';
import { scanQueue } from '../../scan/scanner.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import { commandWords } from '../bench/command-words.ts';
import { expectedScans } from '../bench/expected-scans.ts';
import classes from './demo-panel.module.css';

const icons: { readonly [K in Expected['kind']]: IconName } = {
  badge: 'person',
  command: 'menu',
  order: 'file',
  tote: 'tote',
  location: 'pin',
  item: 'box',
  label: 'label',
  carton: 'box',
};

function ScanButton({ expected, first }: { expected: Expected; first: boolean }): ReactNode {
  const { t } = useMessages();
  const { kind, text, title } = expected;
  return (
    <button
      type="button"
      className={`${classes.scan} ${first ? classes.first : ''}`}
      data-scan={text}
      onClick={() => scanQueue.push(text, 'simulated')}
    >
      <Icon name={icons[kind]} />
      <span className={classes.scanTitle}>{kind === 'command' ? commandWords(text, title, t) : title}</span>
    </button>
  );
}

/** A code of the catalogue that the open step does not ask for. */
function useWrongItem(view: BenchView): string | undefined {
  const signedIn = view.operator !== null;
  const items = useStationQuery('stock.items-view', { limit: 50 }, { enabled: signedIn });
  const mine = new Set(view.lines.map((line) => line.sku));
  const other = items.data?.items.find((item) => !mine.has(item.sku) && item.gtins.some((gtin) => gtin.quantity === 1));
  return other?.gtins.find((gtin) => gtin.quantity === 1)?.code;
}

function FreeScan(): ReactNode {
  const { t } = useMessages();
  const [text, setText] = useState('');
  function scan(event: FormEvent): void {
    event.preventDefault();
    const raw = text.trim();
    if (raw === '') return;
    scanQueue.push(raw, 'simulated');
    setText('');
  }
  return (
    <form className={classes.free} onSubmit={scan}>
      <TextInput
        size="sm"
        aria-label={t('demo.any-code')}
        placeholder={t('demo.any-code')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button size="sm" px="xs" type="submit" variant="default">
        {t('demo.scan')}
      </Button>
    </form>
  );
}

/** Sends what a real scanner would send at this step; the first button is the right next scan. */
export function SimulatedScanner({ view }: { view: BenchView }): ReactNode {
  const { t } = useMessages();
  const wrong = useWrongItem(view);
  const asksForItem = view.step === 'item' || view.step === 'pack-item';
  return (
    <section className={classes.part} aria-label={t('demo.scanner')}>
      <h3 className={classes.partTitle}>
        <Icon name="scan" /> {t('demo.scanner')}
      </h3>
      {expectedScans(view.expects).map((expected, index) => (
        <ScanButton key={expected.text} expected={expected} first={index === 0} />
      ))}
      {asksForItem && wrong !== undefined && (
        <button type="button" className={classes.scan} onClick={() => scanQueue.push(wrong, 'simulated')}>
          <Icon name="cross" />
          {t('demo.wrong-item')}
        </button>
      )}
      <FreeScan />
    </section>
  );
}
