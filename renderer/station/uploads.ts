import type { CallInput, CallOutput } from '../../shared/contract/index.ts';
import { askDoor } from './door.ts';
import { sendCommand } from './use-command.ts';

type ImportWish = Omit<CallInput<'orders.import-upload'>, 'uploadId' | 'fileName'>;

/** Sends a file as it is and imports it. The browser streams it from the disk, so its size does not matter. */
export async function importFile(file: File, wish: ImportWish): Promise<CallOutput<'orders.import-upload'>> {
  const { uploadId } = await askDoor<{ uploadId: string }>('/api/uploads', {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: file,
  });
  return sendCommand('orders.import-upload', { ...wish, uploadId, fileName: file.name });
}
