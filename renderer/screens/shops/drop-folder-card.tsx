import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { useCommand } from '../../station/use-command.ts';
import { fieldOrder } from '../../ui/choice.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { formatInstant } from '../../ui/format.ts';
import { Card } from '../../ui/page.tsx';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { Said } from './shop-state.tsx';

type DropFolder = CallOutput<'shops.list-view'>['dropFolder'];

function Change({ folder }: { folder: string | null }): ReactNode {
  const { t } = useMessages();
  const [typed, type] = useState(folder ?? '');
  const save = useCommand('shops.set-drop-folder');
  return (
    <>
      <TextInput
        size="lg"
        inputWrapperOrder={fieldOrder}
        label={t('shop.folder.path')}
        description={t('shop.folder.path.text')}
        maxLength={500}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <div className={classes.acts}>
        <Button
          size="lg"
          variant="default"
          loading={save.isPending}
          onClick={() => save.mutate({ folder: typed.trim() === '' ? null : typed.trim() })}
        >
          {t('ui.save')}
        </Button>
      </div>
      {save.error && <ErrorNotice error={save.error} />}
    </>
  );
}

/** The folder of this PC whose files of orders are taken in by themselves. */
export function DropFolderCard({ state, mayChange }: { state: DropFolder; mayChange: boolean }): ReactNode {
  const { t, language } = useMessages();
  const { folder, lastFile, lastAt, fault } = state;
  return (
    <Card title={t('shop.folder')}>
      <div className={classes.stack}>
        <p className={classes.legend}>
          {folder === null ? t('shop.folder.none') : t('shop.folder.watched', { folder })}
        </p>
        {lastFile !== null && lastAt !== null && (
          <p className={classes.muted}>
            {t('shop.folder.last', { file: lastFile, at: formatInstant(lastAt, language) })}
          </p>
        )}
        {fault && (
          <div className={classes.problem} data-look="bad">
            <Said messages={[fault]} />
          </div>
        )}
        {mayChange && <Change key={folder ?? ''} folder={folder} />}
      </div>
    </Card>
  );
}
