import { Button, SegmentedControl, Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { scanQueue } from '../../scan/scanner.ts';
import { openDocument } from '../../station/documents.ts';
import { useCell } from '../../station/use-cell.ts';
import { useCommand } from '../../station/use-command.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import pageClasses from '../../ui/page.module.css';
import { Card } from '../../ui/page.tsx';
import { playSound, setSoundOn, soundOn } from '../../ui/sounds.ts';
import { useMessages } from '../../ui/use-messages.ts';
import { languageCard } from '../bench/command-words.ts';
import classes from './settings-screen.module.css';

const themes = ['system', 'light', 'dark'] as const;

/** The colours of whoever is signed in; they come along with the badge. */
function ThemeChoice(): ReactNode {
  const { t } = useMessages();
  const client = useQueryClient();
  const session = useStationQuery('stations.session-view', {});
  const save = useCommand('stations.set-theme', () =>
    client.invalidateQueries({ queryKey: ['stations.session-view'] }),
  );
  const chosen = save.isPending ? save.variables.theme : (session.data?.operator?.theme ?? 'system');
  return (
    <div>
      <p className={classes.legend}>{t('settings.theme')}</p>
      <SegmentedControl
        size="md"
        aria-label={t('settings.theme')}
        value={chosen}
        data={themes.map((theme) => ({ value: theme, label: t(`settings.theme.${theme}`) }))}
        onChange={(value) => save.mutate({ theme: themes.find((theme) => theme === value) ?? 'system' })}
      />
      {save.error && <ErrorNotice error={save.error} />}
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

/** The operator's colours and language, the sound of this screen, and the sheet of codes to print. */
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
