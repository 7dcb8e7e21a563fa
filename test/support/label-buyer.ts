import { openCore } from '../../main/app/core.ts';
import { carrierHttp } from '../../main/carriers/carrier-http.ts';
import { askAgain } from '../../main/shipping/lookup-service.ts';
import { createFileSecrets } from '../../main/web/file-secrets.ts';

/** A station without a bench that makes labels until it is killed: `label-buyer <data folder> <minutes ahead> [url]`. */
const [dataDir = '', ahead = '0', databaseUrl] = process.argv.slice(2);
const core = await openCore({
  dataDir,
  platform: { shell: 'cli', secrets: createFileSecrets(dataDir), openExternal: async () => undefined },
  clock: () => new Date(Date.now() + Number(ahead) * 60_000),
  carrierHttp: (call) => carrierHttp({ ...call, timeoutMs: 3_000 }),
  ...(databaseUrl ? { databaseUrl } : {}),
});
process.stdout.write('#ready\n');
core.worker.wake();
for (;;) {
  await askAgain(core.deps);
  await new Promise((resolve) => setTimeout(resolve, 50));
}
