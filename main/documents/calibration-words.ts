import type { Language } from './document.ts';

export interface CalibrationWords {
  readonly title: string;
  readonly dots: string;
  readonly pickets: string;
  readonly ladder: string;
  readonly wedge: string;
  /** What to look for, the most important first; `{mm}` is the length of the long rule. */
  readonly advice: readonly string[];
}

export const calibrationWords: Readonly<Record<Language, CalibrationWords>> = {
  en: {
    title: 'Calibration label',
    dots: 'dots',
    pickets: 'along the feed',
    ladder: 'across the feed',
    wedge: 'darkness',
    advice: [
      'Measure: the long line is {mm} mm. If not, the driver scales: set print-scaling to none (actual size, 100 %).',
      'Corner marks: 3 mm from every edge. If not, set label size, top and left position in the printer.',
      'Bars: black and white equally wide. White gaps filled: less darkness. Bars broken: more darkness, or clean the head.',
      'Scan the codes: 2 and 3 dots must read. A scanner for parcels need not read 1 dot.',
    ],
  },
  fr: {
    title: "Étiquette d'étalonnage",
    dots: 'points',
    pickets: "dans le sens d'avance",
    ladder: "en travers de l'avance",
    wedge: 'noircissement',
    advice: [
      "Mesurez : le grand trait fait {mm} mm. Sinon le pilote met à l'échelle : réglez print-scaling sur none (taille réelle, 100 %).",
      "Repères d'angle : à 3 mm de chaque bord. Sinon réglez format, position haute et gauche dans l'imprimante.",
      'Barres : noir et blanc de même largeur. Blancs bouchés : noircissement plus faible. Barres cassées : plus fort, ou nettoyez la tête.',
      'Scannez les codes : 2 et 3 points doivent passer. Un lecteur de colis peut ne pas lire 1 point.',
    ],
  },
};
