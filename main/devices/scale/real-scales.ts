import {
  capturable,
  captureLimits,
  type PanState,
  panAfter,
  panTaken,
  panUnknown,
  unknownPan,
} from '../../../shared/scale/capture-rule.ts';
import type { FrameReading, WeightReading } from '../../../shared/scale/frame-reading.ts';
import type { Device, Timing } from '../driver/driver.ts';
import type { ScaleDetail, ScaleState, Scales } from './scale.ts';

/** Screens are told at most so often; a weight that may be taken at once. */
const TELL_EVERY_MS = 100;

export interface RealScales extends Scales {
  /**
   * Benches that have a real scale, by device. `weighedMg` is what a parcel got from a scale that is new here, before the
   * station was started: if that still lies on it, it is no other parcel's.
   */
  assign(devices: readonly Pick<Device, 'id' | 'stationId'>[], weighedMg?: number): void;
  /** Whether this bench has a real scale. */
  has(stationId: string): boolean;
  frame(device: Pick<Device, 'id' | 'stationId'>, frame: FrameReading): void;
  silent(device: Pick<Device, 'id' | 'stationId'>): void;
  /** Whether its line is open; without it the bench has no scale for now. */
  attached(deviceId: string, open: boolean): void;
  /** A parcel got the weight that stands on this scale: it gives no other until the pan was empty. */
  taken(stationId: string): void;
}

interface Pan {
  readonly deviceId: string;
  open: boolean;
  state: PanState;
  /** What a parcel got before anybody looked at this pan; undefined once the pan was empty or held something else. */
  weighedMg: number | undefined;
  detail: ScaleDetail | undefined;
  /** Wall clock of the last frame. */
  at: string;
  told: { phase: string; atMs: number };
  /** Tells later what was held back; forgets to. */
  later: (() => void) | undefined;
  goneStale: (() => void) | undefined;
}

/** The real scale of each bench; keeps what was taken over every reopening of its line. */
export function createRealScales(timing: Timing, clock: () => Date): RealScales {
  const pans = new Map<string, Pan>();
  const listeners = new Set<(stationId: string, state: ScaleState) => void>();

  const read = (pan: Pan): ScaleState => stateOf(pan, timing.now());
  const tell = (stationId: string, pan: Pan, settled: boolean): void => {
    const now = timing.now();
    const { phase } = pan.state;
    const waitMs = settled ? 0 : pan.told.atMs + TELL_EVERY_MS - now;
    if (waitMs > 0) {
      // A new phase that nothing follows is not lost.
      if (phase !== pan.told.phase)
        pan.later ??= timing.after(waitMs, () => {
          pan.later = undefined;
          tell(stationId, pan, false);
        });
      return;
    }
    pan.later?.();
    pan.later = undefined;
    pan.told = { phase, atMs: now };
    const state = read(pan);
    for (const listener of listeners) listener(stationId, settled ? { ...state, capture: 'settled' } : state);
  };
  const fallSilent = (stationId: string, pan: Pan): void => {
    pan.goneStale?.();
    pan.goneStale = undefined;
    pan.state = panUnknown(pan.state);
    pan.detail = undefined;
    tell(stationId, pan, false);
  };
  const own = (device: Pick<Device, 'id' | 'stationId'>): Pan | undefined => {
    const pan = pans.get(device.stationId);
    return pan?.deviceId === device.id ? pan : undefined;
  };

  return {
    assign(devices, weighedMg) {
      // One scale a bench: the first that was set up.
      const wanted = new Map([...devices].reverse().map((device) => [device.stationId, device.id]));
      for (const [stationId, pan] of pans)
        if (wanted.get(stationId) !== pan.deviceId) {
          pan.goneStale?.();
          pan.later?.();
          pans.delete(stationId);
        }
      for (const [stationId, deviceId] of wanted)
        if (!pans.has(stationId)) pans.set(stationId, newPan(deviceId, { at: clock().toISOString(), weighedMg }));
    },
    has: (stationId) => pans.has(stationId),
    frame(device, frame) {
      const pan = own(device);
      if (!pan) return;
      const was = pan.state.phase;
      pan.state = panAfter(pan.state, frame, { nowMs: timing.now() });
      if (pan.state.phase === 'settled' && stillLies(pan)) pan.state = panTaken(pan.state);
      if (KNOWN.includes(pan.state.phase)) pan.weighedMg = undefined;
      pan.at = clock().toISOString();
      if (frame.kind !== 'ack') pan.detail = detailOf(frame, pan.detail);
      pan.goneStale?.();
      pan.goneStale = timing.after(captureLimits.freshMs, () => fallSilent(device.stationId, pan));
      tell(device.stationId, pan, pan.state.phase === 'settled' && was !== 'settled');
    },
    silent(device) {
      const pan = own(device);
      if (pan) fallSilent(device.stationId, pan);
    },
    attached(deviceId, open) {
      for (const [stationId, pan] of pans) {
        if (pan.deviceId !== deviceId || pan.open === open) continue;
        pan.open = open;
        pan.told = neverTold;
        tell(stationId, pan, false);
      }
    },
    taken(stationId) {
      const pan = pans.get(stationId);
      if (!pan) return;
      pan.state = panTaken(pan.state);
      tell(stationId, pan, false);
    },
    read(stationId) {
      const pan = pans.get(stationId);
      return pan ? read(pan) : { state: 'absent', mg: null, at: clock().toISOString(), device: '' };
    },
    onReading(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      for (const pan of pans.values()) {
        pan.goneStale?.();
        pan.later?.();
      }
      listeners.clear();
    },
  };
}

const neverTold = { phase: 'none', atMs: Number.NEGATIVE_INFINITY };

/** Phases after which nobody needs to guess what lies on the pan. */
const KNOWN: readonly PanState['phase'][] = ['empty', 'settled', 'taken'];

/** The load of the parcel before, left on the pan over a restart: the same weight to the flicker of the last digit. */
function stillLies({ state, weighedMg }: Pan): boolean {
  if (weighedMg === undefined || state.mg === null) return false;
  return Math.abs(state.mg - weighedMg) <= captureLimits.flickerMg;
}

function newPan(deviceId: string, { at, weighedMg }: Pick<Pan, 'at' | 'weighedMg'>): Pan {
  return {
    weighedMg,
    deviceId,
    open: false,
    state: unknownPan,
    detail: undefined,
    at,
    told: neverTold,
    later: undefined,
    goneStale: undefined,
  };
}

function stateOf({ state, at, deviceId, detail, open }: Pan, nowMs: number): ScaleState {
  if (!open) return { state: 'absent', mg: null, at, device: deviceId };
  const told = { at, device: deviceId, ...(detail ? { detail } : {}) };
  if (state.phase === 'unknown' || nowMs - state.atMs > captureLimits.freshMs)
    return { ...told, state: 'silent', mg: null };
  const still =
    state.phase === 'empty' || state.phase === 'settled' || (state.phase === 'taken' && state.still !== null);
  const capture = state.phase === 'taken' ? 'taken' : capturable(state, nowMs) === null ? 'none' : 'held';
  // A figure whose decimal point nobody knows is none.
  const mg = detail?.unclear ? null : state.mg;
  return { ...told, state: still && mg !== null ? 'stable' : 'moving', mg, capture };
}

/** What the frame says of itself; an error keeps the unit that the screen shows. */
function detailOf(
  frame: WeightReading | Extract<FrameReading, { kind: 'error' }>,
  was: ScaleDetail | undefined,
): ScaleDetail {
  if (frame.kind === 'error')
    return {
      value: null,
      unit: was?.unit ?? null,
      unitFrom: was?.unitFrom ?? null,
      stable: frame.error === 'in_motion' ? false : null,
      mode: was?.mode ?? null,
      range: frame.error === 'overload' ? 'over' : frame.error === 'underload' ? 'under' : 'in',
      zero: false,
    };
  const { value, unit, unitFrom, stable, mode, mg, unclear } = frame;
  const range = (mg ?? 0) < 0 ? 'under' : 'in';
  return { value, unit, unitFrom, stable, mode, range, zero: mg === 0, ...(unclear ? { unclear } : {}) };
}
