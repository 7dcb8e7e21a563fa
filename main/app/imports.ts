import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ImportSummary } from '../../shared/contract/orders.ts';
import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import type { ChannelName } from '../../shared/model/channel.ts';
import { readItems } from '../channels/file/items-csv.ts';
import { readOrders } from '../channels/file/read-orders.ts';
import { readStock } from '../channels/file/stock-csv.ts';
import { importOrders } from '../orders/import-service.ts';
import { importItems, importStock } from '../stock/import-service.ts';
import type { Core } from './core.ts';

export interface FileToImport {
  readonly path: string;
  readonly fileName: string;
  readonly kind: 'orders' | 'items' | 'stock';
  readonly channel?: ChannelName;
  /** Pictures are looked for beside the file only where somebody on this PC named it. */
  readonly picturesBeside?: boolean;
  readonly onProgress?: (done: number) => void;
}

/** Imports a file of this PC, whatever its kind; a file that cannot be read is named. */
export async function importFile(core: Core, actor: Actor, file: FileToImport): Promise<ImportSummary> {
  const found = await stat(file.path).catch((cause) => {
    throw new AppError('not-found', 'import.file-missing', { fileName: file.fileName }, cause);
  });
  if (!found.isFile()) throw new AppError('validation', 'import.not-a-file', { fileName: file.fileName });
  const bytes = createReadStream(file.path, { highWaterMark: 1 << 18 });
  const { fileName, onProgress } = file;
  const progress = onProgress ? { onProgress } : {};
  const base = file.picturesBeside ? { baseDir: dirname(file.path) } : {};
  switch (file.kind) {
    case 'orders': {
      let skipped = 0;
      const rows = readOrders(bytes, {
        onSkipped: () => {
          skipped += 1;
        },
        fileName,
        now: core.deps.clock().toISOString(),
        ...(file.channel ? { channel: file.channel } : {}),
      });
      const summary = await importOrders(core.deps, actor, { rows, options: { fileName, ...progress } });
      return { ...summary, skipped };
    }
    case 'items':
      return importItems(core.deps, actor, { rows: readItems(bytes, { fileName, ...base }), fileName, ...progress });
    case 'stock':
      return importStock(core.deps, actor, { rows: readStock(bytes, { fileName }), fileName, ...progress });
  }
}

/** Imports a file that a browser sent before, then forgets it. */
export async function importUpload(
  core: Core,
  actor: Actor,
  upload: { uploadId: string } & Omit<FileToImport, 'path' | 'onProgress'>,
): Promise<ImportSummary> {
  if (!/^[0-9a-f-]{36}$/.test(upload.uploadId))
    throw new AppError('not-found', 'import.file-missing', { fileName: upload.fileName });
  const path = join(core.dataDir, 'uploads', upload.uploadId);
  const task = `import-${upload.kind}`;
  try {
    return await importFile(core, actor, {
      ...upload,
      path,
      fileName: basename(upload.fileName),
      onProgress: (done) => core.feed.pass('stations.progress', { task, done, total: 0 }),
    });
  } finally {
    await rm(path, { force: true });
  }
}
