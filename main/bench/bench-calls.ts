import type { BenchView, ScaleReading } from '../../shared/contract/bench.ts';
import type { Handlers } from '../../shared/contract/handlers.ts';
import { AppError } from '../../shared/errors.ts';
import type { Seat } from '../../shared/model/actor.ts';
import { type BenchDeps, scan } from './bench-service.ts';
import { emptyQueue, viewOf } from './bench-view-rules.ts';
import { readBenchView } from './bench-views.ts';

/** What the calls need from outside the feature. */
export interface BenchContext {
  isDemo(): Promise<boolean>;
  forgetSeat(stationId: string): void;
  seatOf(stationId: string): Promise<Seat>;
  scale: {
    read(stationId: string): ScaleReading;
    put(stationId: string, mg: number): void;
    /** Whether a real scale is set up at this bench, plugged in or not. */
    isReal(stationId: string): boolean;
  };
}

const CHANGES_SEAT = new Set(['signed-in.welcome', 'signed-out', 'language.changed', 'pin.needed']);
/** Box and filling of the demo's parcels whose expected weight is not known yet. */
const DEMO_PACKAGING_MG = 140_000;
/** How far a right parcel of the demo is off, as a share of what is taken as right. */
const DEMO_SPREAD = 0.4;

/** A right parcel: what is expected of it, a little off as parcels are. */
function simulatedWeight({ weighing, parcel }: BenchView): number {
  if (!weighing) return (parcel?.expectedMg ?? 0) + DEMO_PACKAGING_MG;
  return Math.round(weighing.expectedMg + weighing.toleranceMg * DEMO_SPREAD * (2 * Math.random() - 1));
}

type Names = 'bench.view' | 'bench.scan' | 'stations.scale-view' | 'stations.put-on-simulated-scale';

/** The bench screen and its scanner, and the scale beside it. */
export function benchCalls(deps: BenchDeps, context: BenchContext): Handlers<Names> {
  const view = async (seat: Seat) =>
    readBenchView(deps.database, seat, {
      demo: await context.isDemo(),
      now: deps.clock().toISOString(),
      pin: deps.pins.asked(seat.station.id),
    });
  const seatOf = (seat: Seat | undefined): Seat => {
    if (!seat) throw new AppError('permission', 'session.missing');
    return seat;
  };
  return {
    'bench.view': (actor) => view(seatOf(actor.seat)),
    'bench.scan': async (actor, input) => {
      const seat = seatOf(actor.seat);
      const { verdict, scene } = await scan(deps, actor, input);
      const pin = deps.pins.asked(seat.station.id);
      if (scene)
        return {
          verdict,
          view: viewOf(scene, {
            seat,
            queue: emptyQueue,
            suggestions: [],
            today: verdict.at.slice(0, 10),
            ...(pin ? { pin } : {}),
          }),
        };
      if (CHANGES_SEAT.has(verdict.code)) context.forgetSeat(seat.station.id);
      return {
        verdict,
        view: await view(CHANGES_SEAT.has(verdict.code) ? await context.seatOf(seat.station.id) : seat),
      };
    },
    'stations.scale-view': async (actor) => {
      const { id } = seatOf(actor.seat).station;
      return { scale: context.scale.read(id), simulated: !context.scale.isReal(id) };
    },
    'stations.put-on-simulated-scale': async (actor, input) => {
      const seat = seatOf(actor.seat);
      if (!(await context.isDemo())) throw new AppError('rule', 'scale.not-simulated');
      const mg = input.mg ?? simulatedWeight(await view(seat));
      context.scale.put(seat.station.id, mg);
      return { mg };
    },
  };
}
