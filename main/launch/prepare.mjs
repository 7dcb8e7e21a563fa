import { buildIfNeeded, root } from './build.mjs';
import { installIfNeeded, nodeProblem } from './install.mjs';

/** Installs and builds what is missing; ends the program with one clear message when that cannot be done. */
export async function prepare(say) {
  try {
    const problem = nodeProblem();
    if (problem) throw new Error(problem);
    await installIfNeeded(root, say);
    await buildIfNeeded(say);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
