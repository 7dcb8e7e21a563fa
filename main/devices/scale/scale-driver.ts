import { AppError } from '../../../shared/errors.ts';
import type { FrameReading } from '../../../shared/scale/frame-reading.ts';
import { judgeOddFrames } from '../../../shared/scale/odd-frames.ts';
import { FLUSH_AFTER_MS, type ScaleProtocol, type ScaleStream } from '../../../shared/scale/scale-stream.ts';
import type { Device, Driver, DriverLine, Health, StartDriver, Timing } from '../driver/driver.ts';
import { type PollPlan, pollPlanOf } from './poll-plan.ts';

/** One question at a time: the next one comes when this one was answered, or after so long. */
const ANSWER_WITHIN_MS = 500;
/** Three answers missed. */
const SILENT_AFTER_MS = 1_500;
/** A scale that sends by itself is silent when five of its frames are missing, in the bounds of what a person notices. */
const STREAM_MISSED = 5;
const STREAM_SILENT_MS = { least: 1_000, most: 8_000 } as const;
const INTERVALS_KEPT = 9;
/** Open and dumb for so long: the adapter may hang, and a new opening cures many. */
const REOPEN_AFTER_MS = 10_000;
const GARBAGE_WINDOW_MS = 2_000;
/** So many loads in a row that the scale calls an empty pan: its bits mean the opposite of what is set here. */
const CONTRADICTIONS = 3;
/** Below this a pan may well be at zero. */
const LOADED_MG = 5_000;
const GARBAGE_SHARE = 0.3;
/** Fewer bytes tell nothing about the line. */
const GARBAGE_BYTES = 24;

export interface ScaleDriverDeps {
  readonly timing: Timing;
  /** Throws `scale.unknown-protocol`. */
  protocolOf(name: string): ScaleProtocol;
  /** One frame, in the order of the line. */
  onFrame(device: Device, frame: FrameReading, protocol: ScaleProtocol): void;
  /** No weight is known any more: the line ended, fell silent, or makes no sense. */
  onSilent(device: Device): void;
}

/** Serial scales of every protocol: asks where they must be asked, cuts frames, watches whether they still speak. */
export function scaleDriver(deps: ScaleDriverDeps): StartDriver {
  return (device, line) => {
    const protocol = deps.protocolOf(device.protocol ?? '');
    const reports = protocol.lines.length === 0;
    if (reports !== (device.address.kind === 'hid') && device.address.kind !== 'simulated')
      throw new AppError('rule', reports ? 'device.not-serial' : 'device.not-usb', { protocol: protocol.name });
    const talk = new ScaleTalk(device, line, { ...deps, protocol });
    return reports ? withoutFirst(talk) : talk;
  };
}

/** The first report after opening is the weighing before (usbscale drops it too). */
function withoutFirst(talk: Driver): Driver {
  let dropped = false;
  return {
    bytes(chunk, atMs) {
      if (dropped) return talk.bytes(chunk, atMs);
      dropped = true;
    },
    close: () => talk.close(),
  };
}

type Parts = ScaleDriverDeps & { readonly protocol: ScaleProtocol };

class ScaleTalk implements Driver {
  readonly #device: Device;
  readonly #line: DriverLine;
  readonly #parts: Parts;
  readonly #stream: ScaleStream;
  readonly #plan: PollPlan;
  readonly #judge = judgeOddFrames();
  #lastFrameMs: number;
  #lastBytesMs: number;
  /** The last frame that answered no question: a scale that sends by itself is left in peace. */
  #lastUnaskedMs = Number.NEGATIVE_INFINITY;
  /** Milliseconds between the last frames that came by themselves. */
  #intervals: number[] = [];
  /** When the question was put that is not answered yet. */
  #askedMs: number | undefined;
  #health: Health | undefined;
  /** Loads in a row of which the scale said that its pan is empty. */
  #contradictions = 0;
  readonly #forget: { flush?: () => void; tick?: () => void } = {};
  #window: { readonly sinceMs: number; readonly bytes: number; readonly framed: number };
  #closed = false;

  constructor(device: Device, line: DriverLine, parts: Parts) {
    this.#device = device;
    this.#line = line;
    this.#parts = parts;
    this.#stream = parts.protocol.open(device.settings);
    this.#plan = pollPlanOf(parts.protocol.name);
    this.#lastFrameMs = parts.timing.now();
    this.#lastBytesMs = this.#lastFrameMs;
    this.#window = { sinceMs: this.#lastFrameMs, bytes: 0, framed: 0 };
    if (this.#plan.silenceIsNormal) this.#tell({ state: 'ready', code: null });
    this.#ask(this.#plan.command);
    this.#tick();
  }

  bytes(chunk: Uint8Array): void {
    this.#lastBytesMs = this.#parts.timing.now();
    this.#read(this.#stream.push(chunk));
    this.#forget.flush?.();
    this.#forget.flush = this.#parts.timing.after(FLUSH_AFTER_MS, () => this.#read(this.#stream.flush()));
  }

  close(): void {
    this.#closed = true;
    this.#forget.flush?.();
    this.#forget.tick?.();
    this.#parts.onSilent(this.#device);
  }

  #read(frames: readonly FrameReading[]): void {
    if (frames.length > 0) this.#noteInterval();
    for (const frame of frames) {
      this.#lastFrameMs = this.#parts.timing.now();
      if (this.#askedMs === undefined) this.#lastUnaskedMs = this.#lastFrameMs;
      this.#askedMs = undefined;
      if (frame.kind === 'ack' && !frame.restarted && this.#plan.afterAck) this.#ask(this.#plan.afterAck);
      // A frame among garbage proves nothing: the window decides.
      const inverted = this.#seemsInverted(frame);
      const judged = this.#judge(frame, this.#lastFrameMs);
      if (inverted) this.#tell({ state: 'fault', code: 'scale.polarity' });
      else if (this.#health?.state !== 'fault' || this.#health.code === 'scale.polarity') this.#tellWorking(judged);
      const told = inverted && judged.kind === 'weight' ? { ...judged, usable: false } : judged;
      this.#parts.onFrame(this.#device, told, this.#parts.protocol);
    }
  }

  /** Where "moving" is told by the same polarity as "empty pan", a load that is called empty shows that it is set wrong. */
  #seemsInverted(frame: FrameReading): boolean {
    const tells = frame.kind === 'weight' && frame.atZero !== undefined && frame.mode !== 'net';
    if (tells && (frame.mg ?? 0) >= LOADED_MG) this.#contradictions = frame.atZero ? this.#contradictions + 1 : 0;
    return this.#contradictions >= CONTRADICTIONS;
  }

  #noteInterval(): void {
    const interval = this.#parts.timing.now() - this.#lastFrameMs;
    if (this.#askedMs !== undefined) this.#intervals = [];
    // Frames of one read came together.
    else if (interval > 0) this.#intervals = [...this.#intervals.slice(1 - INTERVALS_KEPT), interval];
  }

  /** How long it may say nothing: by its own pace once that is known. */
  #patienceMs(): number {
    if (this.#intervals.length < STREAM_MISSED) return SILENT_AFTER_MS;
    const sorted = this.#intervals.toSorted((one, other) => one - other);
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
    return Math.min(Math.max(STREAM_MISSED * median, STREAM_SILENT_MS.least), STREAM_SILENT_MS.most);
  }

  #tellWorking(frame: FrameReading): void {
    const { lineHint } = frame;
    if (frame.kind === 'weight' && frame.unclear) this.#tell({ state: 'ready', code: 'scale.unclear' });
    // Until it sends a weight that is understood, whatever else it says.
    else if (this.#health?.code === 'scale.unclear' && !(frame.kind === 'weight' && frame.usable)) return;
    else if (lineHint) this.#tell({ state: 'ready', code: 'scale.line-hint', params: { line: lineHint } });
    else this.#tell({ state: 'ready', code: null });
  }

  #tell(health: Health): void {
    const was = this.#health;
    if (was?.state === health.state && was.code === health.code) return;
    this.#health = health;
    this.#line.health(health);
  }

  #ask(command: Uint8Array | null): void {
    if (!command) return;
    this.#askedMs = this.#parts.timing.now();
    this.#line.write(command);
  }

  /** Asks, and looks whether answers come; the pause between is that of the plan. */
  #tick(): void {
    if (this.#closed) return;
    const { timing } = this.#parts;
    const now = timing.now();
    const quietMs = now - this.#lastFrameMs;
    const free = this.#askedMs === undefined || now - this.#askedMs >= ANSWER_WITHIN_MS;
    if (now - this.#lastUnaskedMs >= this.#plan.everyMs && free) this.#ask(this.#plan.command);
    this.#judgeBytes(now);
    const mustSpeak = !this.#plan.silenceIsNormal;
    if (mustSpeak && quietMs >= this.#patienceMs()) this.#fallSilent(now);
    // Bytes that make no sense come over a line that works.
    if (mustSpeak && now - this.#lastBytesMs >= REOPEN_AFTER_MS) this.#line.reopen();
    else this.#forget.tick = timing.after(this.#plan.everyMs, () => this.#tick());
  }

  #fallSilent(now: number): void {
    if (this.#health?.state === 'silent') return;
    this.#parts.onSilent(this.#device);
    // While bytes come, they are judged first.
    const judged = now - this.#lastBytesMs >= this.#patienceMs() || now - this.#lastFrameMs >= 2 * GARBAGE_WINDOW_MS;
    if (this.#health?.state === 'fault' || !judged) return;
    this.#stream.reset();
    this.#tell({ state: 'silent', code: 'scale.silent' });
  }

  /** Bytes that flow and are no frames: the line is set otherwise than the scale, or the scale is another one. */
  #judgeBytes(now: number): void {
    if (now - this.#window.sinceMs < GARBAGE_WINDOW_MS) return;
    const { bytes, framed, held } = this.#stream.counts();
    const came = bytes - this.#window.bytes;
    const good = framed - this.#window.framed;
    const wasted = came - good - held;
    this.#window = { sinceMs: now, bytes, framed };
    if (came >= GARBAGE_BYTES && wasted / came > GARBAGE_SHARE) {
      this.#parts.onSilent(this.#device);
      this.#tell({ state: 'fault', code: 'scale.wrong-line' });
    } else if (this.#health?.state === 'fault' && good > 0) this.#tell({ state: 'ready', code: null });
    else if (this.#health?.state === 'fault' && came === 0) this.#tell({ state: 'silent', code: 'scale.silent' });
  }
}
