import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { type SheetFamily, sheetFamilies } from '../../../shared/scanner/sheet-families.ts';
import { openDocument } from '../../station/documents.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Card } from '../../ui/page.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './scanner-setup-screen.module.css';

const names: Readonly<Record<Exclude<SheetFamily, 'generic'>, string>> = {
  honeywell: 'Honeywell',
  zebra: 'Zebra',
  datalogic: 'Datalogic',
};

/** A sheet for each family of scanners: what to set, how to tell that it is right, and the test code on paper. */
export function SheetLinks(): ReactNode {
  const { t } = useMessages();
  const [failure, setFailure] = useState<unknown>();
  return (
    <Card title={t('scanner-setup.sheets')}>
      <div className={classes.sheets}>
        {sheetFamilies.map((family) => (
          <Button
            key={family}
            variant="default"
            size="md"
            px="xs"
            onClick={() => openDocument(`scanner-sheet-${family}`).catch(setFailure)}
          >
            {family === 'generic' ? t('scanner-setup.sheets.other') : names[family]}
          </Button>
        ))}
      </div>
      {failure !== undefined && <ErrorNotice error={failure} />}
    </Card>
  );
}
