import { buildIfNeeded, root } from './build.mjs';
import { installIfNeeded, nodeProblem } from './install.mjs';

/** Installs and builds what is missing; throws a message for the reader of the terminal when that cannot be done. */
export async function prepare(say, { built = true } = {}) {
  const problem = nodeProblem();
  if (problem) throw new Error(problem);
  await installIfNeeded(root, say);
  if (built) await buildIfNeeded(say);
}

/** The same for a command of the terminal, which ends here with one clear message instead of going on without. */
export async function ready(say, options) {
  try {
    await prepare(say, options);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
