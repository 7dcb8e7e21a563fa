import type { Language, SlipReturns } from './document.ts';
import { dateInWords } from './label-words.ts';

export interface SlipWords {
  readonly title: string;
  readonly from: string;
  readonly shipTo: string;
  readonly order: string;
  readonly orderedOn: string;
  readonly packedOn: string;
  readonly channel: string;
  readonly parcels: string;
  readonly columns: {
    readonly article: string;
    readonly title: string;
    readonly ordered: string;
    readonly packed: string;
    readonly backOrdered: string;
    readonly returned: string;
    readonly reason: string;
  };
  readonly lot: string;
  readonly serial: string;
  readonly replaces: string;
  readonly later: string;
  readonly page: string;
  readonly returns: string;
  readonly returnNumber: string;
  readonly returnAddress: string;
  readonly reasons: string;
  readonly withdrawHere: string;
}

export const slipWords: Readonly<Record<Language, SlipWords>> = {
  en: {
    title: 'Packing slip',
    from: 'FROM',
    shipTo: 'SHIP TO',
    order: 'Order',
    orderedOn: 'Ordered on',
    packedOn: 'Packed on',
    channel: 'Channel',
    parcels: 'Parcels',
    columns: {
      article: 'Article',
      title: 'Description',
      ordered: 'Ordered',
      packed: 'Packed',
      backOrdered: 'To follow',
      returned: 'Return',
      reason: 'Reason',
    },
    lot: 'Lot',
    serial: 'Serial no.',
    replaces: 'Sent instead of',
    later: 'Articles marked "to follow" are sent as soon as they are in stock.',
    page: 'Page',
    returns: 'Sending something back',
    returnNumber: 'RETURN NUMBER',
    returnAddress: 'RETURN ADDRESS',
    reasons:
      'Reasons: 1 too large · 2 too small · 3 not as described · 4 damaged · 5 wrong article · 6 changed my mind · 7 too late',
    withdrawHere: 'Withdraw from the contract here',
  },
  fr: {
    title: 'Bon de livraison',
    from: 'EXPÉDITEUR',
    shipTo: 'DESTINATAIRE',
    order: 'Commande',
    orderedOn: 'Commandé le',
    packedOn: 'Emballé le',
    channel: 'Canal',
    parcels: 'Colis',
    columns: {
      article: 'Article',
      title: 'Désignation',
      ordered: 'Commandé',
      packed: 'Emballé',
      backOrdered: 'À suivre',
      returned: 'Retour',
      reason: 'Motif',
    },
    lot: 'Lot',
    serial: 'N° de série',
    replaces: 'Envoyé à la place de',
    later: 'Les articles « à suivre » partent dès leur retour en stock.',
    page: 'Page',
    returns: 'Retourner un article',
    returnNumber: 'NUMÉRO DE RETOUR',
    returnAddress: 'ADRESSE DE RETOUR',
    reasons:
      "Motifs : 1 trop grand · 2 trop petit · 3 non conforme · 4 abîmé · 5 erreur d'article · 6 changement d'avis · 7 trop tard",
    withdrawHere: 'Renoncer au contrat ici',
  },
};

/** What the buyer does, in order. */
export function returnSteps(returns: SlipReturns, language: Language): string[] {
  const notice = dateInWords(returns.noticeBy, language);
  const send = dateInWords(returns.sendBy, language);
  if (language === 'fr') {
    return [
      `Prévenez-nous avant la fin du ${notice}${returns.withdrawalUrl ? ' sur le site indiqué sur cette feuille' : ''}.`,
      "Notez la quantité et le motif en face de chaque article retourné et joignez cette feuille à l'envoi.",
      returns.labelInBox
        ? "Collez l'étiquette de retour prépayée sur l'ancienne étiquette."
        : "Adressez le colis à l'adresse de retour et inscrivez le numéro de retour sur le colis.",
      `Remettez le colis au transporteur au plus tard le ${send} et gardez la preuve de dépôt.`,
      returns.whoPays === 'seller' ? 'Le retour est à notre charge.' : 'Les frais de retour sont à votre charge.',
    ];
  }
  return [
    `Tell us by the end of ${notice}${returns.withdrawalUrl ? ' on the page shown on this sheet' : ''}.`,
    'Write quantity and reason beside each article that you send back, and put this sheet into the box.',
    returns.labelInBox
      ? 'Stick the prepaid return label over the old label.'
      : 'Send the parcel to the return address and write the return number on the outside.',
    `Hand the parcel over by ${send} and keep the receipt.`,
    returns.whoPays === 'seller' ? 'We pay the postage of the return.' : 'You pay the postage of the return.',
  ];
}

/** Cites the French code only where French law governs the sale; the first place names the code. */
function cite(law: SlipReturns['law'], article: string, code: string): string {
  return law === 'fr' ? ` (art. ${article}${code})` : '';
}

function frenchNotice({ law, withdrawalUrl }: SlipReturns): string[] {
  const code = (article: string, named = '') => cite(law, article, named);
  // Article R221-3 gives these words; they are not ours to shorten.
  const online = `Vous pouvez également exercer votre droit de rétractation en ligne sur ${withdrawalUrl}. Si vous utilisez cette fonctionnalité en ligne, nous vous enverrons, dans les meilleurs délais, un accusé de réception de la rétractation sur un support durable (par exemple, par courriel), y compris son contenu ainsi que la date et l'heure de sa soumission.`;
  return [
    `Droit de rétractation. Vous disposez de quatorze jours à compter de la réception du dernier bien pour vous rétracter sans avoir à donner de motif${code('L221-18', ' du code de la consommation')}. Vous renvoyez les biens au plus tard quatorze jours après nous avoir communiqué votre décision${code('L221-23')}. Nous vous remboursons tous les paiements reçus, y compris les frais de livraison standard, au plus tard quatorze jours après avoir été informés de votre décision ; nous pouvons attendre d'avoir récupéré les biens ou reçu la preuve de leur expédition${code('L221-24')}.`,
    ...(withdrawalUrl ? [online] : []),
    `Ce droit ne s'applique pas, notamment, aux biens descellés qui ne peuvent être renvoyés pour des raisons d'hygiène, aux biens confectionnés sur mesure ou nettement personnalisés et aux biens périssables${code('L221-28')}. Rappel : la garantie légale de conformité de deux ans${code('L217-3')} et celle des vices cachés restent acquises.`,
  ];
}

function englishNotice({ law, withdrawalUrl }: SlipReturns): string[] {
  const code = (article: string, named = '') => cite(law, article, named);
  const online = `You may also exercise your right of withdrawal online at ${withdrawalUrl}. If you use this online function, we will send you without delay an acknowledgement of receipt of the withdrawal on a durable medium (for example by e-mail), with its content and the date and time of its submission.`;
  return [
    `Right of withdrawal. You have fourteen days from the day on which you received the last article to withdraw from this purchase without giving any reason${code('L221-18', ' of the French Code de la consommation')}. Send the articles back within fourteen days of telling us${code('L221-23')}. We refund all payments received, standard delivery included, within fourteen days of being told; we may wait until we have the articles back or you have shown proof of dispatch${code('L221-24')}.`,
    ...(withdrawalUrl ? [online] : []),
    `The right does not cover, among others, unsealed articles that cannot be returned for hygiene reasons, articles made to measure or clearly personalised, and perishable goods${code('L221-28')}. Please note: the legal guarantee of conformity of two years${code('L217-3')} applies in any case.`,
  ];
}

/** The notice that European or French law wants in the box; nothing elsewhere. */
export function withdrawalNotice(returns: SlipReturns, language: Language): string[] {
  if (returns.law === 'none') return [];
  return language === 'fr' ? frenchNotice(returns) : englishNotice(returns);
}
