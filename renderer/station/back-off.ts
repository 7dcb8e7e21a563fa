const STEPS_MS = [500, 1_000, 2_000, 5_000] as const;

/** How long to wait before trying again after `attempt` failures (0 = the first); 0.5 to 5 seconds, for ever. */
export function delayBefore(attempt: number): number {
  return STEPS_MS[Math.min(attempt, STEPS_MS.length - 1)] ?? 5_000;
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
