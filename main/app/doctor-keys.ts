import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../db/database.ts';
import { createVault } from '../db/sealed-vault.ts';
import type { DiagnosisRequest, Finding } from './doctor.ts';

/** Whether this PC can read the secrets and the personal data that lie sealed in the database. */
export async function judgeKeys(url: string, request: DiagnosisRequest): Promise<Finding> {
  const name = 'key';
  const database = await openDatabase(url);
  try {
    const vault = createVault(database, request.secrets, () => request.now);
    const problem = await vault.problem();
    if (problem === null) return { name, status: 'good', found: 'What lies sealed in the database can be read here.' };
    // The window keeps its secrets with the operating system, where no command looks.
    if (!existsSync(join(request.dataDir, 'secrets.json')))
      return {
        name,
        status: 'not-checked',
        found: 'The key of the database is not in this folder: the station keeps it.',
      };
    return {
      ...{
        name,
        status: 'bad',
        found: 'This PC has not the key of the database: orders, addresses and shops stay shut.',
      },
      advice: 'Run "packwright keys show" on a PC that works, and "packwright keys join CODE" on this one.',
    };
  } finally {
    await database.close();
  }
}
