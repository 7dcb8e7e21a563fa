/** The few words of the desktop shell itself; everything else is the page's and lives in its catalogues. */
export interface ShellTexts {
  readonly quit: string;
  readonly fullScreen: string;
  readonly view: string;
  readonly reload: string;
  readonly developerTools: string;
  readonly cannotStart: string;
  readonly stopped: string;
  readonly seeLog: string;
}

const english: ShellTexts = {
  quit: 'Quit',
  fullScreen: 'Full screen',
  view: 'View',
  reload: 'Reload',
  developerTools: 'Developer tools',
  cannotStart: 'Packwright cannot start',
  stopped: 'Packwright stopped because of a fault',
  seeLog: 'More in the log file:',
};

const french: ShellTexts = {
  quit: 'Quitter',
  fullScreen: 'Plein écran',
  view: 'Affichage',
  reload: 'Recharger',
  developerTools: 'Outils de développement',
  cannotStart: 'Packwright ne peut pas démarrer',
  stopped: 'Packwright s’est arrêté à cause d’une erreur',
  seeLog: 'Détails dans le journal :',
};

/** Texts for a locale such as `fr-FR`; English where we have no others. */
export function shellTexts(locale: string): ShellTexts {
  return locale.toLowerCase().split('-')[0] === 'fr' ? french : english;
}
