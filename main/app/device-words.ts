type Params = Readonly<Record<string, string>>;

/** What is wrong with a device and what to do, in one line, for the command line; the screen has its own catalogues. */
const sentences: Readonly<Record<string, (params: Params) => string>> = {
  'device.not-plugged-in': () => 'Not plugged in. It is taken up by itself when it is.',
  'device.unplugged': () => 'Its cable was pulled. Plug it in again, into any socket.',
  'device.ambiguous': () =>
    'Several equal adapters: it is not clear which one it is. Plug each in where it was, or remove and add it.',
  'device.permission-denied': (p) =>
    `This user may not open ${p.path}. Add the user to the group ${p.group || 'of that port'} and sign in again.`,
  'device.port-taken': (p) => `Another program uses ${p.path}. Close it; the station tries again by itself.`,
  'device.bad-line': (p) => `${p.path} does not take these line settings. Remove it and add it with others.`,
  'device.open-failed': (p) => `${p.path} cannot be opened (${p.reason}). Pull its cable and plug it in again.`,
  'device.no-answer': () => 'No answer for half a minute. Check power, cable and settings; it is asked on.',
  'device.not-serial': () => 'This protocol does not come over a line.',
  'device.not-usb': () => 'A USB scale speaks the protocol usb-hid, and nothing else does.',
  'device.no-usb': (p) => `This PC cannot read USB scales (${p.reason}). Install libudev, or use a serial port.`,
  'device.not-here': () => 'It is plugged into another PC.',
  'printer.unreachable': (p) => `The printer does not answer at ${p.path}. Switch it on and check its cable.`,
  'printer.not-ready': (p) =>
    `The printer${p.path ? ` at ${p.path}` : ''} does not say that it is ready. Check paper, head, ribbon and its display.`,
  'printer.no-status': () => 'It says nothing of itself: whether papers come out is seen only at the printer.',
  'printer.media-empty': () => 'Out of paper or labels. Fill it up: what waits is printed by itself.',
  'printer.jam': () => 'Paper is stuck in it. Take it out; what waits is printed by itself.',
  'printer.cover-open': () => 'Its cover or head is open. Close it.',
  'printer.ribbon-out': () => 'The ribbon is used up. Put a new one in.',
  'printer.paused': () => 'It is paused. Let it go on at its key or in its queue.',
  'printer.offline': () => 'The system cannot reach it. Switch it on and check its cable.',
  'printer.stopped': () => 'It stands still and does not say why. Look at its display and its queue.',
  'printer.queue-gone': () =>
    'Its print queue is not there any more. Set it up in the system, or remove this printer and add another.',
  'printer.queue-rejects': () =>
    'Its print queue takes no papers. Let it accept them again; what waits is printed by itself.',
  'printer.no-program': () =>
    'This PC has no program that prints to queues. Install CUPS (lp), or name the printer by tcp or ipp.',
  'printer.no-spooler': () => 'The print system of this PC does not answer. Start it; what waits is printed by itself.',
  'printer.no-such-format': () =>
    'It does not read this kind of file. Set it up as a print queue of this PC, or set its language to zpl.',
  'printer.no-raw': () =>
    'Windows queues take no ZPL from here. Name the printer by --tcp HOST:9100, or set its language to pdf.',
  'printer.denied': () => 'It lets this station not in. Allow printing without a password, or use a queue of this PC.',
  'print.no-room': () =>
    'The paper could not be written to the folder for temporary files. Make room there. Nothing was sent.',
  'print.wrong-media': (p) =>
    `Page ${p.number} is ${p.page}, the printer holds ${p.media}: nothing was sent. Name the right --media or print another file.`,
  'print.unreadable': () => 'The file cannot be read as a PDF. Nothing was sent.',
  'print.too-large': (p) => `The file is too large for a paper (${p.megabytes} MB). Nothing was sent.`,
  'print.not-zpl': () => 'ZPL needs a printer that speaks it: set its language to zpl. Nothing was sent.',
  'print.timed-out': () => 'The printer took too long: did it come out?',
  'print.restarted': () => 'The station stopped while this was being printed: did it come out?',
  'print.broke-off': () => 'Printing broke off in the middle: did it come out?',
  'print.superseded': () => 'It was replaced, or its label is on the box already.',
  'print.did-not-come-out': () => 'It did not come out.',
  'print.printed-again': () => 'It was printed again.',
  'print.cancelled': () => 'Somebody deleted it from the queue. Print it again if it is still needed.',
  'print.aborted': () => 'The system gave it up. Look after the printer, then print it again.',
  'print.printer-removed': () => 'Its printer was removed from this bench. Print it again.',
  'probe.nothing-came': () =>
    'Nothing came. Switch it on, check its cable, put something on the scale or scan a code, and search again.',
  'probe.unreadable': () => 'Bytes come, but at no speed do they make sense. Set the device to 9600 8N1 in its menu.',
  'probe.seven-bits': (p) => `The device sends ${p.line}: add it with this line setting.`,
  'probe.usb-scale': () => 'This is a USB scale: add it with --protocol usb-hid.',
  'scanner.no-end': () =>
    'The scanner sends codes without an end: program it to send CR (Enter) behind each code, then scan again.',
  'scanner.code-cut-off': () => 'A code broke off and was not counted: scan it again.',
  'scanner.code-too-long': () => 'A code was longer than any that is used here and was not counted.',
  'scale.silent': () => 'The scale says nothing. Check its power, its cable and that it sends to the PC.',
  'scale.polarity': () =>
    'The scale calls a loaded pan empty: its status bits are the other way round. Change its polarity; it gives no weight until then.',
  'scale.unclear': () =>
    'Its weights are not fully understood: set its decimals, or another protocol. It gives no weight until then.',
  'scale.wrong-line': () =>
    'Bytes come that make no sense: speed, bits, parity or protocol are not those of the scale.',
  'scale.line-hint': (p) => `It is read, but the scale sends ${p.line}: add it anew with that line setting.`,
};

/** One line about a device's code; the code itself where it has no words. */
export function describeDevice(code: string, params: Params): string {
  return sentences[code]?.(params) ?? code;
}
