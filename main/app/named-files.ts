import { readFile, writeFile } from 'node:fs/promises';
import { AppError } from '../../shared/errors.ts';

/** The JSON of a file that the caller named; throws `import.file-missing` or `label.not-json`. */
export async function readJsonFile(file: string): Promise<unknown> {
  const bytes = await readFile(file).catch((cause) => {
    throw new AppError('not-found', 'import.file-missing', { fileName: file }, cause);
  });
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new AppError('validation', 'label.not-json', { file }, cause);
  }
}

/** Throws `data.file-not-writable`. */
export async function writeNamedFile(file: string, bytes: Uint8Array): Promise<void> {
  await writeFile(file, bytes).catch((cause) => {
    throw new AppError('device', 'data.file-not-writable', { file }, cause);
  });
}
