import { randomUUID } from 'node:crypto';
import { stationCalls } from '../../shared/contract/stations.ts';
import { AppError } from '../../shared/errors.ts';
import type { Station } from '../app/station.ts';
import { isDocumentAddress, stationOrigin } from './addresses.ts';

/**
 * The part of the door that the document window has: reading documents, nothing else.
 *
 * A PDF viewer sends no session header, and an address must not carry a token. So the shell opens a session of
 * its own at this bench, whose operator is the page's too, and adds it on the way in.
 */
export function createDocumentDoor(
  station: Pick<Station, 'fetch' | 'createLaunchToken'>,
): (request: Request) => Promise<Response> {
  let session: Promise<string> | undefined;
  const fetchDocument = async (address: string) => {
    session ??= openSession(station);
    const headers = { authorization: `Bearer ${await session}`, origin: stationOrigin };
    return station.fetch(new Request(address, { headers }));
  };
  return async (request) => {
    if (request.method !== 'GET' || !isDocumentAddress(request.url)) return new Response(null, { status: 404 });
    try {
      const answer = await fetchDocument(request.url);
      if (answer.status !== 401) return answer;
      session = undefined;
      return await fetchDocument(request.url);
    } catch (error) {
      session = undefined;
      throw error;
    }
  };
}

async function openSession(station: Pick<Station, 'fetch' | 'createLaunchToken'>): Promise<string> {
  const answer = await station.fetch(
    new Request(`${stationOrigin}/api/stations.open-session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: stationOrigin, 'idempotency-key': randomUUID() },
      body: JSON.stringify({ launchToken: await station.createLaunchToken() }),
    }),
  );
  const envelope: unknown = await answer.json();
  const output =
    typeof envelope === 'object' && envelope !== null && 'output' in envelope ? envelope.output : undefined;
  const opened = stationCalls['stations.open-session'].output.safeParse(output);
  if (!opened.success) throw new AppError('bug', 'shell.no-document-session', { status: answer.status });
  return opened.data.sessionToken;
}
