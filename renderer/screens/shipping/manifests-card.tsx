import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ManifestView } from '../../../shared/contract/shipping-dock.ts';
import { openDocument } from '../../station/documents.ts';
import { useCommand } from '../../station/use-command.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { formatInstant } from '../../ui/format.ts';
import { messageFor } from '../../ui/message-for.ts';
import pageClasses from '../../ui/page.module.css';
import { Card } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import setUp from '../../ui/set-up.module.css';
import { type Messages, useMessages } from '../../ui/use-messages.ts';

function State({ manifest, messages }: { manifest: ManifestView; messages: Messages }): ReactNode {
  const { t, language } = messages;
  if (manifest.fault !== null)
    return <span className={pageClasses.chipLate}>{messageFor(messages, manifest.fault).title}</span>;
  if (manifest.handedOverAt !== null)
    return (
      <span className={pageClasses.chipDone}>
        {t('manifest.handed-over', { at: formatInstant(manifest.handedOverAt, language) })}
      </span>
    );
  return <span className={pageClasses.chip}>{t(`manifest.state.${manifest.state}`)}</span>;
}

function Acts({ manifest, supervisor }: { manifest: ManifestView; supervisor: boolean }): ReactNode {
  const { t } = useMessages();
  const [failure, setFailure] = useState<unknown>();
  const handOver = useCommand('shipping.hand-over');
  const reopen = useCommand('shipping.reopen-manifest');
  const { id, state, paperId, handedOverAt, fault, number } = manifest;
  const error = failure ?? handOver.error ?? reopen.error;
  return (
    <span className={setUp.acts}>
      {paperId !== null && (
        <Button variant="default" onClick={() => openDocument(paperId).catch(setFailure)}>
          {t('ui.open')}
        </Button>
      )}
      {state === 'transmitted' && handedOverAt === null && (
        <Button loading={handOver.isPending} onClick={() => handOver.mutate({ manifestId: id })}>
          {t('manifest.hand-over')}
        </Button>
      )}
      {supervisor && state === 'closed' && fault !== null && (
        <Button
          variant="default"
          aria-label={t('manifest.reopen-of', { number })}
          loading={reopen.isPending}
          onClick={() => reopen.mutate({ manifestId: id })}
        >
          {t('manifest.reopen')}
        </Button>
      )}
      {error !== undefined && error !== null && <ErrorNotice error={error} />}
    </span>
  );
}

function columns(messages: Messages, supervisor: boolean): readonly Column<ManifestView>[] {
  const { t } = messages;
  return [
    { key: 'number', title: t('manifest.number'), cell: ({ number }) => <strong>{number}</strong> },
    { key: 'carrier', title: t('manifest.carrier'), cell: ({ carrier }) => carrier },
    { key: 'date', title: t('manifest.date'), cell: ({ shipDate }) => shipDate },
    { key: 'parcels', title: t('manifest.parcels'), numeric: true, cell: ({ parcels }) => parcels },
    { key: 'state', title: t('manifest.state'), cell: (manifest) => <State {...{ manifest, messages }} /> },
    { key: 'acts', title: '', cell: (manifest) => <Acts {...{ manifest, supervisor }} /> },
  ];
}

/** The latest manifests: their papers, and the driver's "I have them". */
export function ManifestsCard({ supervisor }: { supervisor: boolean }): ReactNode {
  const messages = useMessages();
  const { t } = messages;
  const query = useStationQuery('shipping.manifests-view', {});
  return (
    <Card title={t('manifest.title')}>
      <QueryGate query={query}>
        {({ manifests }) =>
          manifests.length === 0 ? (
            <p className={setUp.muted}>{t('manifest.none')}</p>
          ) : (
            <DataTable
              label={t('manifest.title')}
              columns={columns(messages, supervisor)}
              rows={manifests}
              rowKey={({ id }) => id}
            />
          )
        }
      </QueryGate>
    </Card>
  );
}
