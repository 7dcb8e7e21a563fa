import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { openDocument } from '../../station/documents.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Card } from '../../ui/page.tsx';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';

/** Families with a programming sheet of ours, named as their makers name them. */
const families = [
  { family: 'honeywell', name: 'Honeywell' },
  { family: 'zebra', name: 'Zebra' },
  { family: 'datalogic', name: 'Datalogic' },
] as const;

/** Sheets that programme a scanner, the page that checks one, and the codes of this station. */
export function SheetsCard(): ReactNode {
  const { t } = useMessages();
  const [failure, setFailure] = useState<unknown>();
  const open = (id: string): void => void openDocument(id).catch(setFailure);
  return (
    <Card title={t('sheets.title')}>
      <p className={classes.muted}>{t('sheets.text')}</p>
      <div className={classes.acts}>
        {families.map(({ family, name }) => (
          <Button key={family} size="lg" variant="default" onClick={() => open(`scanner-sheet-${family}`)}>
            {name}
          </Button>
        ))}
        <Button size="lg" variant="default" onClick={() => open('scanner-sheet-generic')}>
          {t('sheets.generic')}
        </Button>
      </div>
      <p className={classes.muted}>{t('sheets.keyboard')}</p>
      <div className={classes.acts}>
        <Button size="lg" variant="default" component="a" href="#/scanner-setup">
          {t('sheets.setup')}
        </Button>
        <Button size="lg" variant="default" onClick={() => open('codes')}>
          {t('sheets.codes')}
        </Button>
      </div>
      {failure !== undefined && <ErrorNotice error={failure} />}
    </Card>
  );
}
