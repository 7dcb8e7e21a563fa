/** What a scale has on its pan. */
export interface Load {
  readonly mg: number;
  readonly stable: boolean;
}

/** How one kind of scale says its load; empty where it says nothing while it moves. */
export interface ScaleVoice {
  readonly frame: (load: Load) => string;
  /** The question it answers; undefined for a scale that sends by itself. */
  readonly asked?: string;
  /** What it answers to another question first (ENQ and ACK of CAS PD-II). */
  readonly ack?: readonly [question: string, answer: string];
  /** Unit to set at the station where the frame has none. */
  readonly unit?: 'kg';
}

const kg = ({ mg }: Load, places = 3): string => (mg / 1e6).toFixed(places);
const grams = ({ mg }: Load, places = 1): string => (mg / 1e3).toFixed(places);
const header = ({ stable }: Load): string => (stable ? 'ST' : 'US');
/** First status byte of the NCI family: bit 0 in motion, bit 1 at zero. */
const motion = ({ stable, mg }: Load): string => `${(stable ? 0 : 1) + (mg === 0 ? 2 : 0)}0`;

function casPd2(load: Load): string {
  const body = `${load.stable ? 'S' : 'U'} ${kg(load).padStart(6, '0')}kg`;
  const bcc = [...body].reduce((sum, character) => sum ^ character.charCodeAt(0), 0);
  return `\x01\x02${body}${String.fromCharCode(bcc)}\x03\x04`;
}

function toledoContinuous(load: Load): string {
  const digits = String(Math.round(load.mg / 1e3)).padStart(6);
  return `\x02\x2d${load.stable ? '\x30' : '\x38'} ${digits}     0\r`;
}

/** Frames as the manuals print them, for any load; each is read back by its own parser in a test. */
export const scaleVoices: Readonly<Record<string, ScaleVoice>> = {
  'mt-sics': { asked: 'SI\r\n', frame: (load) => `S ${load.stable ? 'S' : 'D'} ${grams(load).padStart(10)} g\r\n` },
  'toledo-8217': {
    asked: 'W',
    unit: 'kg',
    frame: (load) => (load.stable ? `\x02${kg(load).padStart(6, '0')}\r` : '\x02?A\r'),
  },
  'nci-scp01': { asked: 'W\r', frame: (load) => `\n${kg(load).padStart(7, '0')}KG\r\n${motion(load)}\r\x03` },
  'nci-scp02': {
    asked: 'W\r',
    frame: (load) => (load.stable ? `\n${kg(load).padStart(6, '0')}KG\r\nS00\r\x03` : '\nS10\r\x03'),
  },
  'nci-scp12': { asked: 'W\r', frame: (load) => `\n ${kg(load).padStart(7, '0')}KG\r${motion(load)}\x03` },
  'fairbanks-ups': {
    asked: '\r',
    frame: (load) => `${kg(load, 2).padStart(7)} kg ${load.stable ? 'GR' : 'gr'}  \r\n`,
  },
  'cas-22': { frame: (load) => `${header(load)},GS,1\xc4,${kg(load).padStart(8, '0')} kg\r\n` },
  'cas-10': { unit: 'kg', frame: (load) => `${kg(load, 2).padStart(8)}\r\n` },
  'cas-pd2': { asked: '\x11', ack: ['\x05', '\x06'], frame: casPd2 },
  and: { asked: 'Q\r\n', frame: (load) => `${header(load)},+${grams(load).padStart(8, '0')}  g\r\n` },
  ohaus: {
    asked: 'IP\r\n',
    frame: (load) => `  ${grams(load).padStart(7)} g    ${load.stable ? ' ' : '?'}   \r\n`,
  },
  'kern-s-w': {
    asked: 'w',
    frame: (load) => (load.stable ? `${grams(load).padStart(12)} g  \r\n` : `${grams(load).padStart(12)} \r\n`),
  },
  'kern-eoc': { asked: 'W', frame: (load) => `${header(load)},GS${kg(load).padStart(8)}kg\r\n` },
  radwag: {
    asked: 'SI\r\n',
    frame: (load) => `SI ${load.stable ? ' ' : '?'}  ${grams(load).padStart(9)} g  \r\n`,
  },
  dini: { asked: 'READ\r\n', frame: (load) => `${header(load)},1,${kg(load).padStart(9)}kg,    0.000kg\r\n` },
  adam: { asked: 'P\r\n', frame: (load) => (load.stable ? `${kg(load).padStart(8)}kg` : '') },
  'toledo-continuous': { frame: toledoContinuous },
  'sterling-7600': { asked: 'SGW\r', frame: (load) => `SGWGross ${kg(load).padStart(7)} kg\r\n` },
  'st-nt': { frame: (load) => `${header(load)},NT,+${kg(load).padStart(7)}kg\r\n` },
  'stx-a': { unit: 'kg', frame: (load) => `\x02A ${kg(load).padStart(7)}\r\x03` },
};
