/** One column of a file format of our own: what the readers look for and what manual and import screen show. */
export interface ImportColumn {
  readonly name: string;
  readonly required: boolean;
  readonly example: string;
  readonly meaning: { readonly en: string; readonly fr: string };
  /** Other headers read as this column; case, blanks, `_` and `-` do not matter. */
  readonly aliases: readonly string[];
}

export type ColumnRow = readonly [name: string, example: string, en: string, fr: string, aliases?: string];

/** A leading `*` on the name marks a required column; aliases are separated by commas. */
export function columns(rows: readonly ColumnRow[]): readonly ImportColumn[] {
  return rows.map(([name, example, en, fr, aliases = '']) => ({
    name: name.replace('*', ''),
    required: name.startsWith('*'),
    example,
    meaning: { en, fr },
    aliases: aliases === '' ? [] : aliases.split(','),
  }));
}

/** The catalogue as CSV: one row an item. A products export of Shopify is read too, by the aliases. */
export const itemColumns = columns([
  ['*sku', 'MUG-BLU', 'Our item key', 'Référence de l’article', 'variant_sku,item,article,référence,ref'],
  [
    '*title',
    'Blue mug',
    'Name that the packer sees',
    'Nom que voit le préparateur',
    'name,product,désignation,nom,bezeichnung',
  ],
  [
    'gtins',
    '9521234567899 | alias:MUG1',
    'Barcodes of one unit, separated by blanks or |: GTINs of 8, 12, 13 or 14 digits; any other code with “alias:” before it',
    'Codes-barres d’une unité, séparés par des blancs ou | : GTIN de 8, 12, 13 ou 14 chiffres ; tout autre code précédé de « alias: »',
    'gtin,barcode,barcodes,ean,ean13,upc,variant_barcode,code_barres',
  ],
  [
    'case_gtins',
    '19521234567896:12',
    'Barcodes of cases as GTIN:units, separated by blanks or |',
    'Codes-barres des cartons : GTIN:unités, séparés par des blancs ou |',
    'case_gtin,cartons',
  ],
  [
    'weight_g',
    '350',
    'Weight of one unit in grams; weight_kg, weight_oz and weight_lb are read too',
    'Poids d’une unité en grammes ; weight_kg, weight_oz et weight_lb sont lus aussi',
    'grams,variant_grams,poids_g,gewicht_g',
  ],
  [
    'length_mm',
    '120',
    'Longest side in millimetres; length_cm is read too',
    'Plus grand côté en millimètres ; length_cm est lu aussi',
    'longueur_mm,länge_mm',
  ],
  [
    'width_mm',
    '90',
    'Second side in millimetres; width_cm is read too',
    'Deuxième côté en millimètres ; width_cm est lu aussi',
    'largeur_mm,breite_mm',
  ],
  [
    'height_mm',
    '100',
    'Third side in millimetres; height_cm is read too',
    'Troisième côté en millimètres ; height_cm est lu aussi',
    'hauteur_mm,höhe_mm',
  ],
  ['fragile', 'yes', 'yes: pack with care', 'oui : emballer avec soin', ''],
  ['hazardous', 'no', 'yes: dangerous goods', 'oui : marchandise dangereuse', 'hazmat,dangereux'],
  ['upright', 'no', 'yes: this side up', 'oui : à garder debout', 'debout'],
  ['own_box', 'no', 'yes: ships in its own box', 'oui : expédié dans sa propre boîte', 'sioc,own_packaging'],
  ['lot', 'no', 'yes: the lot is asked for', 'oui : le lot est demandé', 'lot_controlled,batch'],
  [
    'serial',
    'no',
    'yes: the serial number is asked for',
    'oui : le numéro de série est demandé',
    'serial_controlled,série',
  ],
  [
    'expiry',
    'no',
    'yes: the expiry date is asked for',
    'oui : la date de péremption est demandée',
    'expiry_controlled,péremption',
  ],
  [
    'components',
    'CUP-WHT:2 | TEA-01:1',
    'What a kit holds as SKU:units, separated by blanks or |',
    'Contenu d’un lot : SKU:unités, séparés par des blancs ou |',
    'kit,composants',
  ],
  [
    'scan_policy',
    'case',
    'What one scan stands for at the bench: each (a piece only), case (case codes count too) or quantity (one scan and a quantity card). Empty means case',
    'Ce que vaut un scan au poste : each (une pièce seulement), case (les codes des cartons comptent aussi) ou quantity (un scan et une carte de quantité). Vide signifie case',
    'scan_rule,règle_de_scan',
  ],
  [
    'kit_scan',
    'explode',
    'How a kit is packed: explode (its components are scanned) or one (its own code stands for all of them). Empty means explode',
    'Comment un lot s’emballe : explode (ses composants sont scannés) ou one (son propre code vaut pour tous). Vide signifie explode',
    'kit_rule,scan_du_lot',
  ],
  [
    'substitutes',
    'MUG-RED | MUG-XL!',
    'SKUs that may be sent instead when there is none, where the buyer agreed; “!” behind one that costs something else, which is never offered',
    'SKU à envoyer à la place s’il n’y en a plus, si l’acheteur est d’accord ; « ! » derrière celui qui a un autre prix et n’est jamais proposé',
    'substitute,alternatives,remplacements',
  ],
  [
    'hs_code',
    '691200',
    'Tariff number for customs, 6, 8 or 10 digits; needed for parcels that leave the European Union',
    'Code douanier SH, 6, 8 ou 10 chiffres ; nécessaire pour les colis qui quittent l’Union européenne',
    'hs,harmonized_system_code,hs_tariff_code,hts_code,tariff_code,commodity_code,variant_hs_code,code_sh,code_douanier,nomenclature,zolltarifnummer',
  ],
  [
    'origin',
    'FR',
    'Country where it was made: two-letter code or name',
    'Pays de fabrication : code à deux lettres ou nom',
    'country_of_origin,coo,country_code_of_origin,country_of_manufacture,made_in,origine,pays_origine,pays_d_origine,ursprungsland',
  ],
  [
    'customs_text',
    'Mug, ceramic',
    'What customs reads, in English: what it is and of what; words such as “gift” are refused',
    'Ce que lit la douane, en anglais : quoi et en quelle matière ; des mots comme « gift » sont refusés',
    'customs_description,customs_title,description_douane,désignation_douanière,warenbezeichnung',
  ],
  [
    'vat_rate',
    '20',
    'VAT that its price contains, percent; empty as the settings say',
    'TVA comprise dans son prix, en pour cent ; vide comme les réglages',
    'tax_rate,taux_tva,tva,mwst',
  ],
  [
    'image',
    'pictures/mug-blue.png',
    'Picture beside the file: SVG, PNG, JPEG or WebP of at most 1 MiB',
    'Image à côté du fichier : SVG, PNG, JPEG ou WebP d’au plus 1 Mio',
    'picture,photo,image_file',
  ],
]);

/** What lies in which bin as CSV: one row a SKU and bin; the bin is made when it is new. */
export const stockColumns = columns([
  ['*sku', 'MUG-BLU', 'Our item key', 'Référence de l’article', 'variant_sku,item,article,référence,ref'],
  [
    '*location',
    'A-01-2',
    'Code on the bin, at most 20 characters',
    'Code de l’emplacement, au plus 20 caractères',
    'bin,bin_code,emplacement,lagerplatz',
  ],
  ['*quantity', '24', 'Units that lie there', 'Unités présentes', 'qty,on_hand,stock,quantité,menge'],
  [
    'lot',
    'LOT2611',
    'Lot of these units, at most 20 characters; one row a lot, and the bin holds the sum of its lots',
    'Lot de ces unités, au plus 20 caractères ; une ligne par lot, l’emplacement contient la somme de ses lots',
    'batch,charge,lot_number,numéro_de_lot',
  ],
  [
    'expiry',
    '2027-11-30',
    'Last day on which the lot may be used, YYYY-MM-DD',
    'Dernier jour d’utilisation du lot, AAAA-MM-JJ',
    'expiry_date,best_before,péremption,dluo,mhd',
  ],
  ['zone', 'ambient', 'Zone of the warehouse', 'Zone de l’entrepôt', ''],
  ['aisle', 'A', 'Aisle; from the code when empty', 'Allée ; d’après le code si vide', 'allée'],
  ['bay', '01', 'Bay; from the code when empty', 'Travée ; d’après le code si vide', 'travée'],
  ['level', '2', 'Level; from the code when empty', 'Niveau ; d’après le code si vide', 'niveau'],
]);
