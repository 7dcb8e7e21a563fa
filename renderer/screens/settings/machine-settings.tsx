import { Button, SegmentedControl, Switch, useMantineColorScheme } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { scanQueue } from '../../scan/scanner.ts';
import { openDocument } from '../../station/documents.ts';
import { useCell } from '../../station/use-cell.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import pageClasses from '../../ui/page.module.css';
import { Card } from '../../ui/page.tsx';
import { playSound, setSoundOn, soundOn } from '../../ui/sounds.ts';
import { useMessages } from '../../ui/use-messages.ts';
import { languageCard } from '../bench/command-words.ts';
import classes from './settings-screen.module.css';

const schemes = ['auto', 'light', 'dark'] as const;

function ThemeChoice(): ReactNode {
  const { t } = useMessages();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div>
      <p className={classes.legend}>{t('settings.theme')}</p>
      <SegmentedControl
        size="md"
        aria-label={t('settings.theme')}
        value={colorScheme}
        data={schemes.map((scheme) => ({ value: scheme, label: t(`settings.theme.${scheme}`) }))}
        onChange={(value) => setColorScheme(schemes.find((scheme) => scheme === value) ?? 'auto')}
      />
    </div>
  );
}

function SoundChoice(): ReactNode {
  const { t } = useMessages();
  const on = useCell(soundOn);
  return (
    <Switch
      size="lg"
      label={t('settings.sound')}
      checked={on}
      onChange={(event) => {
        setSoundOn(event.currentTarget.checked);
        playSound('good');
      }}
    />
  );
}

/** Theme and sound of this screen, the operator's language, and the sheet of codes to print. */
export function MachineSettings(): ReactNode {
  const { t } = useMessages();
  const [failure, setFailure] = useState<unknown>();
  return (
    <div className={classes.grid}>
      <Card title={t('settings.this-screen')}>
        <div className={classes.fields}>
          <ThemeChoice />
          <SoundChoice />
          <div>
            <Button variant="default" onClick={() => scanQueue.push(languageCard, 'typed')}>
              {t('command.language')}
            </Button>
          </div>
        </div>
      </Card>
      <Card title={t('settings.codes')}>
        <p className={pageClasses.muted}>{t('settings.codes.text')}</p>
        <Button onClick={() => openDocument('codes').catch(setFailure)}>{t('settings.codes.open')}</Button>
        {failure !== undefined && <ErrorNotice error={failure} />}
      </Card>
    </div>
  );
}
