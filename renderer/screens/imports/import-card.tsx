import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ImportSummary } from '../../../shared/contract/orders.ts';
import { importFile } from '../../station/uploads.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TaskProgress } from '../../ui/task-progress.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import { ChannelChoice, useImportChannel } from './channel-choice.tsx';
import { ColumnsNote, type ImportKind } from './columns-note.tsx';
import { DropZone } from './drop-zone.tsx';
import classes from './import-card.module.css';
import { ImportSummaryView } from './import-summary.tsx';

export interface ImportCardProps {
  readonly kind: ImportKind;
  /** Place in the order in which the files are to come. */
  readonly step: number;
}

/** Takes one kind of file in: drop it, watch it, read what came of every row. */
export function ImportCard({ kind, step }: ImportCardProps): ReactNode {
  const { t } = useMessages();
  const [channel, setChannel] = useImportChannel();
  const run = useMutation<ImportSummary, Error, File>({
    mutationFn: (file) => importFile(file, { kind, ...(channel ? { channel } : {}) }),
  });
  return (
    <section className={classes.card} aria-label={t(`import.${kind}`)} data-import={kind}>
      <div className={classes.head}>
        <span className={classes.number}>{step}</span>
        <h2 className={classes.title}>{t(`import.${kind}`)}</h2>
      </div>
      <p className={classes.text}>{t(`import.${kind}.text`)}</p>
      {kind === 'orders' && <ChannelChoice value={channel} onChange={setChannel} />}
      {run.isPending ? (
        <TaskProgress label={t('import.running', { file: run.variables.name })} />
      ) : (
        <DropZone label={t('import.drop')} onFile={run.mutate} />
      )}
      {run.error && <ErrorNotice error={run.error} />}
      {run.data && <ImportSummaryView summary={run.data} />}
      <ColumnsNote kind={kind} />
    </section>
  );
}
