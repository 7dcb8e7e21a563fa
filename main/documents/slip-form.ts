import type { Language, PackingSlipModel } from './document.ts';
import { type Block, type FlowStyle, flowText } from './flow-text.ts';
import { dateInWords } from './label-words.ts';
import type { FillItem } from './page-plan.ts';

/** One line of the form: words, what is known already, or a rule to write on. */
interface FormLine {
  readonly text: string;
  readonly look: 'heading' | 'small' | 'body';
  /** A rule follows the words, up to the right edge. */
  readonly toWrite?: true;
}

/** Wide enough to write a name or a date on. */
const SHORTEST_RULE_MM = 28;
const WRITING_MM = 4.2;

function onePlace({ street1, street2, postcode, city }: PackingSlipModel['shipTo']): string {
  return [street1, street2, `${postcode} ${city}`.trim()].filter((part) => part).join(', ');
}

/** The annex to article R221-1 of the French Code de la consommation, word for word. */
function frenchForm(slip: PackingSlipModel, to: string): FormLine[] {
  const ordered = slip.orderedOn ? ` ${dateInWords(slip.orderedOn, 'fr')} /` : '';
  return [
    { look: 'heading', text: 'Formulaire de rétractation' },
    {
      look: 'small',
      text: 'Veuillez compléter et renvoyer le présent formulaire uniquement si vous souhaitez vous rétracter du contrat.',
    },
    { look: 'body', text: `À l'attention de ${to} :` },
    {
      look: 'body',
      text: `Je/nous (*) vous notifie/notifions (*) par la présente ma/notre (*) rétractation du contrat portant sur la vente du bien (*)/pour la prestation de services (*) ci-dessous : commande ${slip.orderNumber},`,
      toWrite: true,
    },
    { look: 'body', text: `Commandé le (*)/reçu le (*) :${ordered}`, toWrite: true },
    { look: 'body', text: `Nom du (des) consommateur(s) : ${slip.shipTo.name}` },
    { look: 'body', text: `Adresse du (des) consommateur(s) : ${onePlace(slip.shipTo)}` },
    {
      look: 'body',
      text: 'Signature du (des) consommateur(s) (uniquement en cas de notification du présent formulaire sur papier) :',
      toWrite: true,
    },
    { look: 'body', text: 'Date :', toWrite: true },
    { look: 'small', text: '(*) Rayez la mention inutile.' },
  ];
}

/** Annex I(B) of directive 2011/83/EU, word for word. */
function englishForm(slip: PackingSlipModel, to: string): FormLine[] {
  const ordered = slip.orderedOn ? ` ${dateInWords(slip.orderedOn, 'en')} /` : '';
  return [
    { look: 'heading', text: 'Model withdrawal form' },
    { look: 'small', text: 'Complete and return this form only if you wish to withdraw from the contract.' },
    { look: 'body', text: `To ${to}:` },
    {
      look: 'body',
      text: `I/We (*) hereby give notice that I/We (*) withdraw from my/our (*) contract of sale of the following goods (*)/for the provision of the following service (*): order ${slip.orderNumber},`,
      toWrite: true,
    },
    { look: 'body', text: `Ordered on (*)/received on (*):${ordered}`, toWrite: true },
    { look: 'body', text: `Name of consumer(s): ${slip.shipTo.name}` },
    { look: 'body', text: `Address of consumer(s): ${onePlace(slip.shipTo)}` },
    { look: 'body', text: 'Signature of consumer(s) (only if this form is notified on paper):', toWrite: true },
    { look: 'body', text: 'Date:', toWrite: true },
    { look: 'small', text: '(*) Delete as appropriate.' },
  ];
}

function formLines(slip: PackingSlipModel, language: Language): FormLine[] {
  const { company } = slip;
  const to = [company.name, onePlace(company), company.email, company.phone].filter((part) => part).join(', ');
  return language === 'fr' ? frenchForm(slip, to) : englishForm(slip, to);
}

/** The rule behind the last word, or below it where the line is full. */
function ruleAfter(
  last: { xMm: number; yMm: number; widthMm: number } | undefined,
  column: { xMm: number; widthMm: number },
  bottomMm: number,
): FillItem {
  const rightMm = column.xMm + column.widthMm;
  const behindMm = (last?.xMm ?? column.xMm) + (last?.widthMm ?? 0) + 1.5;
  const xMm = rightMm - behindMm >= SHORTEST_RULE_MM ? behindMm : column.xMm;
  return { kind: 'fill', at: { xMm, yMm: bottomMm, widthMm: rightMm - xMm, heightMm: 0.2 }, color: 'black' };
}

function lineBlock(line: FormLine, column: { xMm: number; widthMm: number }, style: FlowStyle): Block {
  const set = (yMm: number) => flowText({ field: 'shipTo', text: line.text }, { ...column, yMm }, style);
  const measured = set(0);
  const room = column.widthMm - (measured.items.at(-1)?.widthMm ?? 0) - 1.5 >= SHORTEST_RULE_MM;
  // Behind the words their own line is high enough; below them there is room for a hand.
  const heightMm = measured.heightMm + (line.toWrite ? (room ? 3 : WRITING_MM) : 0.5);
  return {
    kind: 'text',
    heightMm,
    draw: (yMm) => {
      const { items } = set(yMm + (line.toWrite && room ? 1.4 : 0));
      return line.toWrite ? [...items, ruleAfter(items.at(-1), column, yMm + heightMm - 1.6)] : [...items];
    },
  };
}

/**
 * The form by which a consumer withdraws, with what is known filled in; nothing where no law asks for it.
 *
 * One block a line, so that narrow media may go on with it on the next page.
 */
export function withdrawalForm(slip: PackingSlipModel, column: { xMm: number; widthMm: number }): Block[] {
  if (!slip.returns || slip.returns.law === 'none') return [];
  const styles: Readonly<Record<FormLine['look'], FlowStyle>> = {
    heading: { sizePt: 9, bold: true },
    small: { sizePt: 7 },
    body: { sizePt: 8 },
  };
  return formLines(slip, slip.language).map((line) => lineBlock(line, column, styles[line.look]));
}
