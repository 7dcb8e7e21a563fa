import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderLabel } from '../../../main/documents/label.ts';
import { openProof, type Proof } from '../../../main/documents/proof.ts';
import { anOutboundLabel } from './label-builders.ts';

const root = resolve(import.meta.dirname, '../../..');
let folder: string;

// Inside the checkout, because the thread resolves its packages from where its file lies.
beforeAll(async () => {
  await mkdir(join(root, '.cache'), { recursive: true });
  folder = await mkdtemp(join(root, '.cache/proof-thread-'));
  await build({
    entryPoints: [join(root, 'main/documents/proof-worker.ts')],
    outfile: join(folder, 'proof-worker.js'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  });
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(
    join(folder, 'dying.js'),
    "import { parentPort } from 'node:worker_threads';\nparentPort.on('message', () => process.exit(3));\n",
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function withProof<T>(file: string, work: (proof: Proof) => Promise<T>): Promise<T> {
  const proof = openProof(pathToFileURL(join(folder, file)));
  try {
    return await work(proof);
  } finally {
    await proof.close();
  }
}

describe('the proof in a thread of its own', () => {
  test('gives the same answers as without', async () => {
    const rendered = await renderLabel(anOutboundLabel());
    const inThread = await withProof('proof-worker.js', (proof) => proof.proveLabel(rendered));
    const here = await withProof('no-such-file.js', (proof) => proof.proveLabel(rendered));

    expect(inThread).toMatchObject({ ok: true });
    expect(inThread).toEqual(here);
  });

  test('answers many at once, each its own, and leaves the caller’s bytes alone', async () => {
    const ssccs = ['106141412345678908', '106141412345678915', '106141412345678922'];
    const labels = await Promise.all(ssccs.map((sscc) => renderLabel(anOutboundLabel({ sscc }))));
    const proofs = await withProof('proof-worker.js', (proof) =>
      Promise.all(labels.map((label) => proof.proveLabel(label))),
    );

    expect(proofs.map((proof) => (proof.ok ? proof.symbols.at(-1)?.text : proof.problems))).toEqual(
      ssccs.map((sscc) => `00${sscc}`),
    );
    expect(labels.every(({ bytes }) => bytes.length > 1000)).toBe(true);
  });

  test('passes on an error with its code and goes on working', async () => {
    const rendered = await renderLabel(anOutboundLabel());

    await withProof('proof-worker.js', async (proof) => {
      const torn = proof.readBack(new Uint8Array([1, 2, 3]), { dpi: 203, format: 'grey' });
      await expect(torn).rejects.toMatchObject({ name: 'AppError', kind: 'validation', code: 'document.unreadable' });
      expect(await proof.proveLabel(rendered)).toMatchObject({ ok: true });
    });
  });

  test('says so when the thread dies, each time, instead of waiting for ever', async () => {
    const rendered = await renderLabel(anOutboundLabel());

    await withProof('dying.js', async (proof) => {
      for (let attempt = 0; attempt < 2; attempt += 1) {
        await expect(proof.proveLabel(rendered)).rejects.toMatchObject({ kind: 'bug', code: 'proof.crashed' });
      }
    });
  });

  test('lets what is under way finish when it is closed', async () => {
    const rendered = await renderLabel(anOutboundLabel());
    const proof = openProof(pathToFileURL(join(folder, 'proof-worker.js')));
    const underWay = proof.proveLabel(rendered);
    await proof.close();

    expect(await underWay).toMatchObject({ ok: true });
  });
});
