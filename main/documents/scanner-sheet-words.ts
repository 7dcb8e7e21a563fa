import type { SheetFamily } from '../../shared/scanner/sheet-families.ts';
import type { Language } from './document.ts';

/** One setting: what it must be, and under which name the maker's manual has it. */
export interface SheetStep {
  readonly set: string;
  readonly look: string;
}

export interface SheetSection {
  readonly title: string;
  readonly lead: string;
  readonly steps: readonly SheetStep[];
}

export interface SheetWords {
  readonly heading: string;
  readonly subheading: string;
  readonly sections: readonly SheetSection[];
  readonly check: { readonly title: string; readonly lead: string };
  readonly bars: string;
  readonly matrix: string;
  readonly qr: string;
  readonly page: string;
}

type InBoth = readonly [en: string, fr: string];
type Look = Readonly<
  Record<'interface' | 'suffix' | 'aim' | 'gs' | 'keyboard' | 'prefix' | 'delay' | 'gsKeys', InBoth>
>;

/** Makers' own names of the settings, as their manuals print them; the programming codes stand beside them there. */
interface Family {
  readonly name: InBoth;
  readonly manual: InBoth;
  readonly look: Look;
  /** Settings by which the scanner hears from the station whether a scan was right; none where the family has none. */
  readonly answer?: { readonly lead: InBoth; readonly steps: readonly (readonly [InBoth, InBoth])[] };
}

const same = (name: string): InBoth => [name, name];

const families: Readonly<Record<SheetFamily, Family>> = {
  honeywell: {
    name: same('Honeywell'),
    manual: ['the User’s Guide of your model', 'le guide « User’s Guide » de votre modèle'],
    look: {
      interface: [
        '“Programming the Interface”, “USB Serial”. Its plug-and-play code sets CR LF behind each code as well.',
        '« Programming the Interface », « USB Serial ». Son code « plug and play » met aussi CR LF après chaque code.',
      ],
      suffix: ['“Prefix/Suffix Overview”, “Add CR Suffix”', '« Prefix/Suffix Overview », « Add CR Suffix »'],
      aim: ['“Prefix/Suffix Overview”: prefix “AIM I.D.”', '« Prefix/Suffix Overview » : préfixe « AIM I.D. »'],
      gs: [
        '“Function Code Transmit”: on; no replacement of GS',
        '« Function Code Transmit » : activé ; aucun remplacement de GS',
      ],
      keyboard: ['“Keyboard Country Layout”: United States', '« Keyboard Country Layout » : United States'],
      prefix: ['“Prefix/Suffix Overview”: prefix 02 (STX)', '« Prefix/Suffix Overview » : préfixe 02 (STX)'],
      delay: ['“Intercharacter Delay”', '« Intercharacter Delay »'],
      gsKeys: ['“Control + ASCII Mode”: on', '« Control + ASCII Mode » : activé'],
    },
    answer: {
      lead: [
        'In host-ACK mode the scanner stays silent until the station answers: ACK (06) for a right scan, NAK (15) for a wrong one. Without an answer it beeps three times after ten seconds.',
        'En mode « Host ACK », le lecteur se tait jusqu’à la réponse de la station : ACK (06) pour une bonne lecture, NAK (15) pour une mauvaise. Sans réponse, il émet trois bips après dix secondes.',
      ],
      steps: [
        [
          ['Host acknowledgement on', 'Accusé de réception de l’hôte activé'],
          ['“Host ACK” in the manual', '« Host ACK » dans le manuel'],
        ],
        [
          [
            'In the station: devices, this scanner, acknowledgement Honeywell',
            'Dans la station : appareils, ce lecteur, accusé Honeywell',
          ],
          ['or: packwright devices add scanner --ack honeywell', 'ou : packwright devices add scanner --ack honeywell'],
        ],
      ],
    },
  },
  zebra: {
    name: same('Zebra'),
    manual: ['the Product Reference Guide of your model', 'le guide « Product Reference Guide » de votre modèle'],
    look: {
      interface: ['“USB Device Type”: CDC COM port emulation', '« USB Device Type » : émulation de port COM (CDC)'],
      suffix: [
        '“Scan Data Options”: <DATA> <SUFFIX>, suffix CR',
        '« Scan Data Options » : <DATA> <SUFFIX>, suffixe CR',
      ],
      aim: ['“Transmit Code ID Character”: AIM', '« Transmit Code ID Character » : AIM'],
      gs: ['“FNC1 Substitution”: off', '« FNC1 Substitution » : désactivé'],
      keyboard: ['“USB Country Keyboard Types”: North American', '« USB Country Keyboard Types » : North American'],
      prefix: ['“Prefix/Suffix Values”: prefix STX', '« Prefix/Suffix Values » : préfixe STX'],
      delay: [
        '“USB Keystroke Delay”: none. Some are delivered with 80 ms a character.',
        '« USB Keystroke Delay » : aucun. Certains sont livrés à 80 ms par caractère.',
      ],
      gsKeys: [
        '“Function Key Mapping”: off, so that GS comes as Ctrl+]',
        '« Function Key Mapping » : désactivé, pour que GS arrive par Ctrl+]',
      ],
    },
  },
  datalogic: {
    name: same('Datalogic'),
    manual: ['the Product Reference Guide of your model', 'le guide « Product Reference Guide » de votre modèle'],
    look: {
      interface: ['“Interface Selection”: USB-COM', '« Interface Selection » : USB-COM'],
      suffix: ['“Global Suffix”: CR (0D)', '« Global Suffix » : CR (0D)'],
      aim: ['“Global AIM ID”: on', '« Global AIM ID » : activé'],
      gs: ['no “Character Conversion” of 1D', 'aucune « Character Conversion » de 1D'],
      keyboard: ['“Country Mode”: U.S.', '« Country Mode » : U.S.'],
      prefix: ['“Global Prefix”: STX (02)', '« Global Prefix » : STX (02)'],
      delay: ['“Intercharacter Delay”: none', '« Intercharacter Delay » : aucun'],
      gsKeys: ['“Send Control Characters”: as Ctrl and a key', '« Send Control Characters » : par Ctrl et une touche'],
    },
    answer: {
      lead: [
        'The station sends B (42) for a right scan, F (46) for the long beep of a wrong one, D (44) until the refusal is acknowledged at the screen and E (45) afterwards.',
        'La station envoie B (42) pour une bonne lecture, F (46) pour le long bip d’une mauvaise, D (44) jusqu’à ce que le refus soit confirmé à l’écran, puis E (45).',
      ],
      steps: [
        [
          ['Host commands obeyed', 'Commandes de l’hôte suivies'],
          ['“Host Commands”: obey', '« Host Commands » : obey'],
        ],
        [
          ['Its own good-read beep off', 'Son propre bip de bonne lecture coupé'],
          ['“Good Read Beep”', '« Good Read Beep »'],
        ],
        [
          [
            'In the station: devices, this scanner, acknowledgement Datalogic',
            'Dans la station : appareils, ce lecteur, accusé Datalogic',
          ],
          ['or: packwright devices add scanner --ack datalogic', 'ou : packwright devices add scanner --ack datalogic'],
        ],
      ],
    },
  },
  generic: {
    name: ['Any scanner', 'Tout lecteur'],
    manual: ['the manual of your scanner', 'le manuel de votre lecteur'],
    look: {
      interface: [
        '“USB COM”, “USB serial”, “CDC”, “virtual COM port” or “RS-232”',
        '« USB COM », « USB serial », « CDC », « virtual COM port » ou « RS-232 »',
      ],
      suffix: [
        '“suffix”, “terminator”, “postamble”: CR or CR LF',
        '« suffix », « terminator », « postamble » : CR ou CR LF',
      ],
      aim: ['“AIM ID”, “symbology identifier”, “code ID”', '« AIM ID », « symbology identifier », « code ID »'],
      gs: ['“FNC1”, “GS”, “group separator”: send 1D', '« FNC1 », « GS », « group separator » : envoyer 1D'],
      keyboard: ['“keyboard country”, “keyboard language”: US', '« keyboard country », « keyboard language » : US'],
      prefix: [
        '“prefix”, “preamble”: STX (02) as Ctrl+B, or F9',
        '« prefix », « preamble » : STX (02) par Ctrl+B, ou F9',
      ],
      delay: ['“inter-character delay”, “keystroke delay”', '« inter-character delay », « keystroke delay »'],
      gsKeys: [
        '“control characters”: as Ctrl and a key, or Alt+029',
        '« control characters » : par Ctrl et une touche, ou Alt+029',
      ],
    },
  },
};

/** Everything that stands on the sheet of one family. */
export function scannerSheetWords(family: SheetFamily, language: Language): SheetWords {
  const column = language === 'fr' ? 1 : 0;
  const { name, manual, look, answer } = families[family];
  const step = (set: InBoth, where: InBoth): SheetStep => ({ set: set[column], look: where[column] });
  const text = (en: string, fr: string): string => (language === 'fr' ? fr : en);
  const cable: SheetSection = {
    title: text('1. Best: over a cable of its own', '1. Le mieux : par son propre câble'),
    lead: text(
      'As a serial device the scanner needs no focus and no keyboard layout, keeps GS and can be told right from wrong.',
      'Comme appareil série, le lecteur ne dépend ni du focus ni du clavier, garde GS et peut entendre le verdict.',
    ),
    steps: [
      step(
        ['Interface: USB serial (CDC) or RS-232 at 9600 8N1', 'Interface : USB série (CDC) ou RS-232 à 9600 8N1'],
        look.interface,
      ),
      step(['Behind each code: CR', 'Après chaque code : CR'], look.suffix),
      step(['AIM identifier in front of each code', 'Identifiant AIM devant chaque code'], look.aim),
      step(['GS as it is (1D)', 'GS tel quel (1D)'], look.gs),
    ],
  };
  const keys: SheetSection = {
    title: text('2. Only where that cannot be: as a keyboard', '2. Seulement si c’est impossible : comme clavier'),
    lead: text(
      'Suffix and AIM identifier as above, and besides:',
      'Suffixe et identifiant AIM comme ci-dessus, et en plus :',
    ),
    steps: [
      step(['Keyboard: US, whatever the PC has', 'Clavier : US, quel que soit celui du PC'], look.keyboard),
      step(['In front of each code: STX (Ctrl+B)', 'Devant chaque code : STX (Ctrl+B)'], look.prefix),
      step(['Delay between characters: none', 'Délai entre caractères : aucun'], look.delay),
      step(['GS as Ctrl+]', 'GS par Ctrl+]'], look.gsKeys),
    ],
  };
  const hears: SheetSection = {
    title: text('3. Hearing right from wrong', '3. Entendre le verdict'),
    lead: answer
      ? answer.lead[column]
      : text(
          'This family is told nothing by the station: right and wrong sound from the PC.',
          'La station ne dit rien à cette famille : le verdict sonne depuis le PC.',
        ),
    steps: (answer?.steps ?? []).map(([set, where]) => step(set, where)),
  };
  return {
    heading: text(`Scanner set-up: ${name[0]}`, `Réglage du lecteur : ${name[1]}`),
    subheading: text(
      `Programming codes differ from model to model and are not printed here: find each setting by the name in quotes in ${manual[0]}, and scan the code beside it there.`,
      `Les codes de programmation diffèrent d’un modèle à l’autre et ne figurent pas ici : cherchez chaque réglage sous le nom entre guillemets dans ${manual[1]}, et scannez-y le code voisin.`,
    ),
    sections: [cable, keys, hears],
    check: {
      title: text('4. Check', '4. Vérifier'),
      lead: text(
        'Open “Devices”, “Check a keyboard scanner”, and scan one of these. A scanner on a cable is judged wherever it is scanned. It must read AaZz09-._/] and GS.',
        'Ouvrez « Appareils », « Vérifier un lecteur clavier », et scannez l’un de ces codes. Un lecteur câblé est jugé où que l’on soit. Il doit lire AaZz09-._/] et GS.',
      ),
    },
    bars: 'Code 128',
    matrix: 'DataMatrix',
    qr: text('QR code', 'QR code'),
    page: 'Packwright',
  };
}
