import { readFile, writeFile } from 'node:fs/promises';
import { AppError } from '../../shared/errors.ts';

/** The bytes of a file that the caller named; throws `not-found` `import.file-missing`. */
export async function readInput(file: string): Promise<Uint8Array> {
  return readFile(file).catch((cause) => {
    throw new AppError('not-found', 'import.file-missing', { fileName: file }, cause);
  });
}

/** Throws `device` `data.file-not-writable`. */
export async function writeOutput(file: string, bytes: Uint8Array): Promise<void> {
  await writeFile(file, bytes).catch((cause) => {
    throw new AppError('device', 'data.file-not-writable', { file }, cause);
  });
}

/** Throws `validation` `label.not-json` with the file's name. */
export function parseJson(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new AppError('validation', 'label.not-json', { file }, cause);
  }
}
