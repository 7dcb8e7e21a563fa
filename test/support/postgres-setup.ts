import type { TestProject } from 'vitest/node';
import { type PostgresServer, startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Administrator's address of a server where tests may make and drop databases; undefined when there is none. */
    postgresUrl: string | undefined;
    /** Why there is no server, for the text of a skipped test. */
    postgresReason: string | undefined;
  }
}

let server: PostgresServer | undefined;

/** Gives the project a PostgreSQL server for as long as it runs: `inject('postgresUrl')`. */
export async function setup(project: TestProject): Promise<void> {
  try {
    server = await startPostgres();
    project.provide('postgresUrl', server.url);
    project.provide('postgresReason', undefined);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    project.provide('postgresUrl', undefined);
    project.provide('postgresReason', `skipped: no PostgreSQL server (${reason})`);
  }
}

export async function teardown(): Promise<void> {
  await server?.stop();
}
