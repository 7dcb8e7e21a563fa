/** How a program that was run ended. */
export type ProgramEnd =
  | { readonly kind: 'ended'; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  /** The station was closing and did not start it. */
  | { readonly kind: 'not-started' }
  /** There is no such program. */
  | { readonly kind: 'missing' }
  /** It was killed because it took too long, or by somebody else: what it did until then is not known. */
  | { readonly kind: 'killed'; readonly timedOut: boolean };

export interface RunOptions {
  readonly limitMs: number;
  /** Beside the environment of the station. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program without a shell and waits for its end. Never throws; nothing is left running after its limit. */
export type RunProgram = (file: string, args: readonly string[], options: RunOptions) => Promise<ProgramEnd>;
