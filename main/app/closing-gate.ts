/** How long a station that closes waits for what it is still answering. */
const PATIENCE_MS = 10_000;

export interface ClosingGate {
  fetch(request: Request): Promise<Response>;
  /** Answers nobody any more; comes back when everything that was begun is answered. */
  close(): Promise<void>;
}

/**
 * A door that closes without cutting anybody off: half-done commands end, later ones get no envelope.
 *
 * The page takes an answer without envelope for none and sends its scan again, under the same id, when the station is
 * back; an error in an envelope would be an answer, and the scan would be lost.
 */
export function closingGate(door: (request: Request) => Promise<Response>): ClosingGate {
  const busy = new Set<Promise<unknown>>();
  let isClosing = false;
  return {
    async fetch(request) {
      if (isClosing) return new Response('The station is closing.', { status: 503, headers: { 'Retry-After': '1' } });
      const answer = door(request);
      busy.add(answer);
      return answer.finally(() => busy.delete(answer));
    },
    async close() {
      isClosing = true;
      let timer: NodeJS.Timeout | undefined;
      const enough = new Promise((resolve) => {
        timer = setTimeout(resolve, PATIENCE_MS);
      });
      await Promise.race([Promise.allSettled(busy), enough]);
      clearTimeout(timer);
    },
  };
}
