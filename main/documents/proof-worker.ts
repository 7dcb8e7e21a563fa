import { parentPort } from 'node:worker_threads';
import { runProofJob } from './proof-jobs.ts';
import { faultOf, type ProofReply, type ProofRequest } from './proof-message.ts';

/**
 * The thread that rasterises and decodes: 30 to 50 ms a label in which the station's own thread answers other benches.
 * The build lays it beside the bundle as `proof-worker.js`.
 */
async function answer({ id, job }: ProofRequest): Promise<ProofReply> {
  try {
    return { id, ok: true, result: await runProofJob(job) };
  } catch (error) {
    return { id, ok: false, fault: faultOf(error) };
  }
}

parentPort?.on('message', async (request: ProofRequest) => parentPort?.postMessage(await answer(request)));
