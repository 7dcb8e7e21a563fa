import type { Handlers } from '../../shared/contract/handlers.ts';
import type { StationCode } from '../../shared/contract/stations.ts';
import { AppError } from '../../shared/errors.ts';
import type { Actor, Seat } from '../../shared/model/actor.ts';
import { roleAllows } from '../../shared/model/roles.ts';
import { saveOperator, setPin, setTheme } from './operator-service.ts';
import type { PinDesk } from './pin-rules.ts';
import { type Deps, signInByName, signOutHere } from './session-service.ts';
import { changeSettings } from './settings-service.ts';
import { isEmpty, listOperators, listOperatorViews, listStations, readDemo, readShared } from './stations-views.ts';

/** What the calls need from outside the feature, handed in by the composition root. */
export interface StationsContext {
  readonly version: string;
  readonly shell: 'electron' | 'web' | 'cli';
  newTicket(stationId: string): string;
  forgetSeat(stationId: string): void;
  readonly pins: PinDesk;
  listCodes(options: { badges: boolean; language: 'en' | 'fr' }): Promise<StationCode[]>;
}

type Names =
  | 'stations.open-events'
  | 'stations.session-view'
  | 'stations.sign-in'
  | 'stations.sign-out'
  | 'stations.codes-view'
  | 'stations.operators-view'
  | 'stations.save-operator'
  | 'stations.set-pin'
  | 'stations.set-theme'
  | 'stations.stations-view'
  | 'stations.settings-view'
  | 'stations.save-settings';

export function seatOf(actor: Actor): Seat {
  if (!actor.seat) throw new AppError('permission', 'session.missing');
  return actor.seat;
}

const withTheme = (operator: Seat['operator']) => operator && { ...operator, theme: operator.theme ?? 'system' };

/** Sessions, sign-in, benches and settings. */
export function stationsCalls(deps: Deps, context: StationsContext): Handlers<Names> {
  const { database } = deps;
  return {
    'stations.open-events': async (actor) => ({ ticket: context.newTicket(seatOf(actor).station.id) }),
    'stations.session-view': async (actor) => {
      const { settings } = await readShared(database);
      const operators = await listOperators(database);
      return {
        version: context.version,
        shell: context.shell,
        station: seatOf(actor).station,
        operator: withTheme(seatOf(actor).operator),
        locked: seatOf(actor).locked ?? null,
        operators: settings.signIn === 'tap' ? operators : [],
        signIn: settings.signIn,
        demo: await readDemo(database),
        empty: await isEmpty(database),
        database: database.dialect,
      };
    },
    'stations.sign-in': async (actor, input) => {
      const stationId = seatOf(actor).station.id;
      const signedIn = await signInByName(deps, actor, input.operatorId);
      const { id: operatorId, name } = signedIn.operator;
      const asked = { operatorId, name, purpose: 'sign-in' as const, digits: '', at: deps.clock().toISOString() };
      context.pins.set(stationId, signedIn.pinNeeded ? asked : undefined);
      context.forgetSeat(stationId);
      return signedIn;
    },
    'stations.sign-out': async (actor) => {
      await signOutHere(deps, actor);
      context.forgetSeat(seatOf(actor).station.id);
      return {};
    },
    'stations.codes-view': async (actor) => ({
      codes: await context.listCodes({
        badges: roleAllows(actor.role, 'supervisor'),
        language: seatOf(actor).operator?.language ?? 'en',
      }),
    }),
    'stations.operators-view': () => listOperatorViews(database),
    'stations.save-operator': (actor, input) => saveOperator(deps, actor, input),
    'stations.set-pin': async (actor, input) => {
      await setPin(deps, actor, input);
      return {};
    },
    'stations.set-theme': async (actor, input) => {
      await setTheme(deps, actor, input.theme);
      context.forgetSeat(seatOf(actor).station.id);
      return {};
    },
    'stations.stations-view': () => listStations(database),
    'stations.settings-view': () => readShared(database),
    'stations.save-settings': (actor, input) => changeSettings(deps, actor, input),
  };
}
