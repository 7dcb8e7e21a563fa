import type { EventFeed, FeedEvent } from '../db/event-feed.ts';

const HEARTBEAT_MS = 15_000;
const MOST_WAITING = 2_000;

/** One subscriber's stream as server-sent events; a reader that falls far behind is cut and comes back with its last id. */
export function eventStream(
  feed: EventFeed,
  lastId: string | undefined,
): { body: ReadableStream<Uint8Array>; stop(): void } {
  const encoder = new TextEncoder();
  let end: () => void = () => undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        let unsubscribe: () => void = () => undefined;
        let open = true;
        const close = (): void => {
          if (!open) return;
          open = false;
          clearInterval(heartbeat);
          unsubscribe();
          controller.close();
        };
        end = close;
        const send = (text: string): void => {
          if (!open) return;
          if ((controller.desiredSize ?? 0) < -MOST_WAITING) close();
          else controller.enqueue(encoder.encode(text));
        };
        const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS);
        heartbeat.unref();
        send('retry: 1000\n: welcome\n\n');
        unsubscribe = await feed.subscribe(lastId, (event) => send(formatEvent(event)));
        if (!open) unsubscribe();
      },
      cancel: () => end(),
    },
    { highWaterMark: 100, size: () => 1 },
  );
  return { body, stop: () => end() };
}

function formatEvent(event: FeedEvent): string {
  const id = event.id ? `id: ${event.id}\n` : '';
  return `${id}event: ${event.name}\ndata: ${JSON.stringify(event.payload)}\n\n`;
}
