import type { EventFeed, FeedEvent } from '../db/event-feed.ts';

const HEARTBEAT_MS = 15_000;
const MOST_WAITING = 2_000;

/**
 * One subscriber's stream as server-sent events; `onEnd` is told once when it is over, whoever ended it.
 *
 * A reader that falls far behind is cut and comes back with its last id.
 */
export function eventStream(
  feed: EventFeed,
  lastId: string | undefined,
  onEnd: () => void = () => undefined,
): { body: ReadableStream<Uint8Array>; stop(): void } {
  let line: Line | undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        const opened = openLine(controller, onEnd);
        line = opened;
        opened.send('retry: 1000\n: welcome\n\n');
        opened.atEnd(await feed.subscribe(lastId, (event) => opened.send(formatEvent(event))));
      },
      cancel: () => line?.gone(),
    },
    { highWaterMark: 100, size: () => 1 },
  );
  return { body, stop: () => line?.end() };
}

interface Line {
  send(text: string): void;
  /** Does this when the line ends; at once when it has ended. */
  atEnd(act: () => void): void;
  end(): void;
  /** The reader has ended the stream itself. */
  gone(): void;
}

function openLine(controller: ReadableStreamDefaultController<Uint8Array>, onEnd: () => void): Line {
  const encoder = new TextEncoder();
  const endings = [onEnd];
  let open = true;
  const gone = (): void => {
    open = false;
    clearInterval(heartbeat);
    for (const act of endings) act();
  };
  const end = (): void => {
    if (!open) return;
    gone();
    controller.close();
  };
  const send = (text: string): void => {
    if (!open) return;
    if ((controller.desiredSize ?? 0) < -MOST_WAITING) end();
    else controller.enqueue(encoder.encode(text));
  };
  const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS);
  heartbeat.unref();
  return { send, end, gone, atEnd: (act) => void (open ? endings.push(act) : act()) };
}

function formatEvent(event: FeedEvent): string {
  const id = event.id ? `id: ${event.id}\n` : '';
  return `${id}event: ${event.name}\ndata: ${JSON.stringify(event.payload)}\n\n`;
}
