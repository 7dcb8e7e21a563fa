/** How long a test waits for what must come: far longer than anything takes on the busiest machine, so a failure means never. */
export const PATIENCE_MS = 30_000;
