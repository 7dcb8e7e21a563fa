import { expect, test } from 'vitest';
import { createDocumentDoor } from '../../../main/electron/document-door.ts';

const LABEL = 'packwright://station/documents/label-1.pdf';
const bench = { id: '0193a5c0-0000-7000-8000-000000000001', name: 'Bench 1' };

/** A door that knows the sessions it opened, until they are ended. */
function aDoor() {
  const sessions = new Set<string>();
  const asked: string[] = [];
  let tokens = 0;
  return {
    asked,
    sessions,
    createLaunchToken: async () => `launch-token-number-${++tokens}`,
    async fetch(request: Request): Promise<Response> {
      asked.push(`${request.method} ${new URL(request.url).pathname}`);
      if (request.method === 'POST') {
        const { launchToken } = await request.json();
        sessions.add(`session-for-${launchToken}`);
        return Response.json({ ok: true, output: { sessionToken: `session-for-${launchToken}`, station: bench } });
      }
      const token = request.headers.get('authorization')?.replace('Bearer ', '') ?? '';
      return sessions.has(token) ? new Response('%PDF') : Response.json({ ok: false }, { status: 401 });
    },
  };
}

test('a document that the page opens is shown although its viewer sends no session', async () => {
  const door = aDoor();
  const answer = await createDocumentDoor(door)(new Request(LABEL));
  expect(await answer.text()).toBe('%PDF');
});

test('one session serves every document of the window', async () => {
  const door = aDoor();
  const open = createDocumentDoor(door);
  await open(new Request(LABEL));
  await open(new Request(LABEL));
  expect(door.asked).toEqual([
    'POST /api/stations.open-session',
    'GET /documents/label-1.pdf',
    'GET /documents/label-1.pdf',
  ]);
});

test('a session that has ended is opened anew', async () => {
  const door = aDoor();
  const open = createDocumentDoor(door);
  await open(new Request(LABEL));
  door.sessions.clear();
  expect((await open(new Request(LABEL))).status).toBe(200);
});

test('a document that nobody may see stays unseen', async () => {
  const door = { ...aDoor(), fetch: async () => Response.json({ ok: false }, { status: 401 }) };
  const open = createDocumentDoor(door);
  await expect(open(new Request(LABEL))).rejects.toMatchObject({ code: 'shell.no-document-session' });
});

test('nothing but documents is reachable, and they only to read', async () => {
  const door = aDoor();
  const open = createDocumentDoor(door);
  const requests = [
    new Request('packwright://station/api/orders.export'),
    new Request('packwright://station/'),
    new Request('packwright://elsewhere/documents/label-1.pdf'),
    new Request(LABEL, { method: 'DELETE' }),
  ];
  const statuses = await Promise.all(requests.map(async (request) => (await open(request)).status));
  expect(statuses).toEqual([404, 404, 404, 404]);
  expect(door.asked).toEqual([]);
});
