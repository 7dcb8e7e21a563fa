import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { OrderView } from '../../../shared/contract/orders.ts';
import { openDocument } from '../../station/documents.ts';
import { documentWords } from '../../ui/document-words.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { formatInstant } from '../../ui/format.ts';
import pageClasses from '../../ui/page.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './order-screen.module.css';

/** Labels, slips and the like as PDF files. */
export function OrderDocuments({ documents }: { documents: OrderView['documents'] }): ReactNode {
  const { t, language } = useMessages();
  const [failure, setFailure] = useState<unknown>();
  if (documents.length === 0) return <p className={pageClasses.muted}>{t('order.no-documents')}</p>;
  return (
    <ul className={classes.list}>
      {documents.map(({ id, kind, createdAt }) => (
        <li key={id} className={classes.row}>
          <span>
            {documentWords(kind, t)} <span className={classes.when}>{formatInstant(createdAt, language)}</span>
          </span>
          <Button size="sm" variant="default" onClick={() => openDocument(id).catch(setFailure)}>
            {t('ui.open')}
          </Button>
        </li>
      ))}
      {failure !== undefined && <ErrorNotice error={failure} />}
    </ul>
  );
}
