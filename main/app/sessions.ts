import { AppError } from '../../shared/errors.ts';
import type { Actor, Seat } from '../../shared/model/actor.ts';
import type { Database } from '../db/database.ts';
import { hashToken, newToken } from '../stations/session-service.ts';
import { findOccupant, findSessionStation } from '../stations/stations-views.ts';

const SESSION_TRUST_MS = 30_000;
const SEAT_TRUST_MS = 2_000;
const TICKET_MS = 30_000;

interface Kept<T> {
  readonly value: T;
  readonly until: number;
}

/** Who stands behind a request. Looked up once in a while, not on every scan; changes made here are forgotten at once. */
export interface Sessions {
  /** Throws `session.missing` or `session.unknown`. */
  seatOf(authorization: string | undefined): Promise<Seat>;
  actorOf(seat: Seat, command: { call: string; id: string | undefined }): Actor;
  forgetSeat(stationId: string): void;
  /** A one-time ticket for the event stream, which cannot send headers. */
  newTicket(stationId: string): string;
  useTicket(ticket: string): string | undefined;
}

export function createSessions(database: Database, clock: () => Date): Sessions {
  const stations = new Map<string, Kept<Seat['station']>>();
  const occupants = new Map<string, Kept<Pick<Seat, 'operator' | 'locked'>>>();
  const tickets = new Map<string, Kept<string>>();
  const fresh = <T>(kept: Kept<T> | undefined): kept is Kept<T> => kept !== undefined && kept.until > clock().getTime();

  const stationOf = async (tokenHash: string): Promise<Seat['station']> => {
    const kept = stations.get(tokenHash);
    if (fresh(kept)) return kept.value;
    const station = await findSessionStation(database, tokenHash, clock().toISOString());
    if (!station) throw new AppError('permission', 'session.unknown');
    if (stations.size > 1_000) stations.clear();
    stations.set(tokenHash, { value: station, until: clock().getTime() + SESSION_TRUST_MS });
    return station;
  };

  return {
    async seatOf(authorization) {
      const [, token] = /^Bearer ([\w-]{20,128})$/.exec(authorization ?? '') ?? [];
      if (!token) throw new AppError('permission', 'session.missing');
      const station = await stationOf(hashToken(token));
      const kept = occupants.get(station.id);
      if (fresh(kept)) return { station, ...kept.value };
      const occupant = await findOccupant(database, station.id);
      occupants.set(station.id, { value: occupant, until: clock().getTime() + SEAT_TRUST_MS });
      return { station, ...occupant };
    },
    actorOf: (seat, { call, id }) => ({
      operatorId: seat.operator?.id ?? null,
      stationId: seat.station.id,
      role: seat.operator?.role ?? 'anyone',
      seat,
      call,
      ...(id ? { commandId: id } : {}),
    }),
    forgetSeat: (stationId) => void occupants.delete(stationId),
    newTicket(stationId) {
      for (const [ticket, kept] of tickets) if (!fresh(kept)) tickets.delete(ticket);
      const ticket = newToken();
      tickets.set(ticket, { value: stationId, until: clock().getTime() + TICKET_MS });
      return ticket;
    },
    useTicket(ticket) {
      const kept = tickets.get(ticket);
      tickets.delete(ticket);
      return fresh(kept) ? kept.value : undefined;
    },
  };
}
