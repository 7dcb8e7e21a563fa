import type { CommercialInvoice, CustomsDeclaration } from '../../shared/model/customs.ts';
import type { Language } from './document.ts';

/** English and French: the Universal Postal Union wants French on every form, the carrier's clerk reads the other. */
interface Both {
  readonly en: string;
  readonly fr: string;
}

const both = (en: string, fr: string): Both => ({ en, fr });

export const customsWords = {
  title: both('CUSTOMS DECLARATION', 'DÉCLARATION EN DOUANE'),
  opened: both('May be opened officially', "Peut être ouvert d'office"),
  from: both('From', 'De'),
  to: both('To', 'À'),
  content: both('Quantity and detailed description of contents', 'Quantité et description détaillée du contenu'),
  description: both('Detailed description', 'Description détaillée'),
  pieces: both('Qty', 'Qté'),
  netKg: both('Net kg', 'kg net'),
  netWeight: both('Net weight (kg)', 'Poids net (kg)'),
  value: both('Value', 'Valeur'),
  hs: both('HS tariff no.', 'N° tarifaire SH'),
  origin: both('Origin', 'Origine'),
  hsAndOrigin: both('HS no. and origin', 'N° SH et origine'),
  totals: both('Total net weight and value', 'Poids net et valeur totaux'),
  netTotal: both('Net weight', 'Poids net'),
  grossWeight: both('Gross weight', 'Poids brut'),
  totalValue: both('Total value', 'Valeur totale'),
  postage: both('Postal charges', "Frais d'affranchissement"),
  category: both('Category of item', "Catégorie d'envoi"),
  explanation: both('Explanation', 'Explication'),
  comments: both('Comments', 'Observations'),
  licence: both('Licence', 'Licence'),
  certificate: both('Certificate', 'Certificat'),
  invoice: both('Invoice', 'Facture'),
  eori: both('EORI', 'EORI'),
  ioss: both('IOSS', 'IOSS'),
  vatId: both('VAT no.', 'N° TVA'),
  recipientTaxId: both("Recipient's tax no.", 'N° fiscal du destinataire'),
  undeliverable: both('If undeliverable', 'En cas de non-livraison'),
  signature: both("Date and sender's signature", "Date et signature de l'expéditeur"),
  certify: both(
    'I certify that the particulars given in this declaration are correct and that this item contains no dangerous article and none prohibited by law or by postal or customs regulations.',
    'Je certifie que les renseignements donnés sont exacts et que cet envoi ne contient aucun objet dangereux ou interdit par la loi ou par la réglementation postale ou douanière.',
  ),
  page: both('Page', 'Page'),
} as const;

export const categoryWords: Readonly<Record<CustomsDeclaration['category'], Both>> = {
  gift: both('Gift', 'Cadeau'),
  documents: both('Documents', 'Documents'),
  sale: both('Sale of goods', 'Vente de marchandises'),
  sample: both('Commercial sample', 'Échantillon commercial'),
  returned: both('Returned goods', 'Retour de marchandises'),
  other: both('Other', 'Autre'),
};

export const undeliverableWords: Readonly<Record<CustomsDeclaration['ifUndeliverable'], Both>> = {
  return: both('Return to sender', "Renvoyer à l'expéditeur"),
  abandon: both('Treat as abandoned', 'Traiter comme abandonné'),
};

/** The language of the form first, the other behind it; one word where both are the same. */
export function inBoth(words: Both, language: Language): string {
  const [first, second] = language === 'fr' ? [words.fr, words.en] : [words.en, words.fr];
  return first === second ? first : `${first} / ${second}`;
}

interface CommercialWords {
  readonly title: string;
  readonly exporter: string;
  readonly consignee: string;
  readonly importer: string;
  readonly date: string;
  readonly order: string;
  readonly incoterm: string;
  readonly reason: string;
  readonly shipment: string;
  readonly parcels: string;
  readonly columns: {
    readonly description: string;
    readonly hs: string;
    readonly origin: string;
    readonly quantity: string;
    readonly netWeight: string;
    readonly unitValue: string;
    readonly value: string;
  };
  readonly goods: string;
  readonly freight: string;
  readonly insurance: string;
  readonly total: string;
  readonly netWeight: string;
  readonly grossWeight: string;
  readonly returned: string;
  readonly certify: string;
  readonly signature: string;
  readonly page: string;
  readonly continued: string;
  readonly reasons: Readonly<Record<CommercialInvoice['reason'], string>>;
}

export const commercialWords: Readonly<Record<Language, CommercialWords>> = {
  en: {
    title: 'Commercial invoice',
    exporter: 'Exporter',
    consignee: 'Consignee',
    importer: 'Importer of record',
    date: 'Date',
    order: 'Order',
    incoterm: 'Incoterms 2020',
    reason: 'Reason for export',
    shipment: 'Shipment',
    parcels: 'Parcels',
    columns: {
      description: 'Description of goods',
      hs: 'HS code',
      origin: 'Origin',
      quantity: 'Qty',
      netWeight: 'Net kg',
      unitValue: 'Unit value',
      value: 'Value',
    },
    goods: 'Goods',
    freight: 'Freight',
    insurance: 'Insurance',
    total: 'Total',
    netWeight: 'Net weight',
    grossWeight: 'Gross weight',
    returned: 'RETURNED GOODS: relief from duty is claimed',
    certify:
      'I declare that the content of this invoice is true and correct, and that the goods are of the origin shown.',
    signature: 'Name, date and signature',
    page: 'Page',
    continued: 'continued',
    reasons: {
      sale: 'Sale of goods',
      gift: 'Gift',
      sample: 'Commercial sample',
      returned: 'Returned goods',
      repair: 'Repair',
      personal: 'Personal effects',
      other: 'Other',
    },
  },
  fr: {
    title: 'Facture commerciale',
    exporter: 'Exportateur',
    consignee: 'Destinataire',
    importer: 'Importateur',
    date: 'Date',
    order: 'Commande',
    incoterm: 'Incoterms 2020',
    reason: "Motif de l'exportation",
    shipment: 'Envoi',
    parcels: 'Colis',
    columns: {
      description: 'Désignation des marchandises',
      hs: 'Code SH',
      origin: 'Origine',
      quantity: 'Qté',
      netWeight: 'Net kg',
      unitValue: 'Valeur unit.',
      value: 'Valeur',
    },
    goods: 'Marchandises',
    freight: 'Transport',
    insurance: 'Assurance',
    total: 'Total',
    netWeight: 'Poids net',
    grossWeight: 'Poids brut',
    returned: 'MARCHANDISES EN RETOUR : franchise de droits demandée',
    certify:
      "Je déclare que le contenu de cette facture est exact et sincère et que les marchandises sont de l'origine indiquée.",
    signature: 'Nom, date et signature',
    page: 'Page',
    continued: 'suite',
    reasons: {
      sale: 'Vente de marchandises',
      gift: 'Cadeau',
      sample: 'Échantillon commercial',
      returned: 'Retour de marchandises',
      repair: 'Réparation',
      personal: 'Effets personnels',
      other: 'Autre',
    },
  },
};
