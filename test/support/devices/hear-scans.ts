import type { EventPayload } from '../../../shared/contract/index.ts';
import type { World } from '../world.ts';

export type Scanned = EventPayload<'devices.scanned'>;

/** Everything that screens hear of scanners, from the door's own stream. */
export async function hearScans(world: World): Promise<Scanned[]> {
  const { ticket } = await world.call('stations.open-events', {});
  const { body } = await world.request(`/api/events?ticket=${ticket}`);
  const heard: Scanned[] = [];
  const read = async (): Promise<void> => {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of body ?? []) {
      rest += decoder.decode(chunk, { stream: true });
      const parts = rest.split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        const [, data] = /event: devices\.scanned\ndata: (.*)$/m.exec(part) ?? [];
        // The contract of this event; the door checks nothing on the way out.
        if (data) heard.push(JSON.parse(data) as Scanned);
      }
    }
  };
  void read().catch(() => undefined);
  return heard;
}
