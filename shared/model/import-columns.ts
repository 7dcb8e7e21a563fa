/** One column of a file format of our own: what the readers look for and what manual and import screen show. */
export interface ImportColumn {
  readonly name: string;
  readonly required: boolean;
  readonly example: string;
  readonly meaning: { readonly en: string; readonly fr: string };
  /** Other headers read as this column; case, blanks, `_` and `-` do not matter. */
  readonly aliases: readonly string[];
}

type Row = readonly [name: string, example: string, en: string, fr: string, aliases?: string];

/** A leading `*` on the name marks a required column; aliases are separated by commas. */
function columns(rows: readonly Row[]): readonly ImportColumn[] {
  return rows.map(([name, example, en, fr, aliases = '']) => ({
    name: name.replace('*', ''),
    required: name.startsWith('*'),
    example,
    meaning: { en, fr },
    aliases: aliases === '' ? [] : aliases.split(','),
  }));
}

/**
 * Orders as CSV: one row a line item; the rows of an order follow each other and repeat `order_id`; all else that
 * belongs to the order stands on its first row and may be repeated.
 *
 * As JSON the same names: an array, `{"orders": […]}` or one object a line; address fields in `address` or beside it,
 * `line_id`, `sku`, `title`, `quantity`, `unit_price` in `lines`.
 */
export const orderColumns = columns([
  [
    '*order_id',
    '3705115058471208928',
    'The channel’s own id of the order; the same on every row of it',
    'Identifiant de la commande dans le canal ; le même sur chacune de ses lignes',
    'external_id,id,order',
  ],
  [
    'order_number',
    '#1001',
    'Number that buyer and packer see; the id when empty',
    'Numéro que voient l’acheteur et le préparateur ; l’identifiant si vide',
    'number,order_no,external_number',
  ],
  [
    'channel',
    'instagram',
    'Where the buyer ordered: facebook, instagram, tiktok, snapchat, pinterest, x, wechat, xiaohongshu, pinduoduo, taobao, amazon, shopify, prestashop, woocommerce, web or other',
    'Où l’acheteur a commandé : facebook, instagram, tiktok, snapchat, pinterest, x, wechat, xiaohongshu, pinduoduo, taobao, amazon, shopify, prestashop, woocommerce, web ou other',
    'source,sales_channel,canal',
  ],
  ['shop', 'Boutique FR', 'Which of several shops on the channel', 'Laquelle des boutiques du canal', 'store,boutique'],
  [
    '*placed_at',
    '2026-11-20 14:03:11 +0100',
    'When the buyer ordered; UTC when no offset is given',
    'Date de la commande ; UTC si aucun décalage n’est donné',
    'created_at,order_date,ordered_at,date',
  ],
  [
    'ship_by',
    '2026-11-23',
    'Latest hand-over to the carrier; a day alone means its end',
    'Remise au transporteur au plus tard ; un jour seul signifie sa fin',
    'deadline,ship_before',
  ],
  ['priority', '0', 'From 0 (usual) to 9 (first)', 'De 0 (normal) à 9 (en premier)', 'priorité'],
  ['currency', 'EUR', 'ISO 4217 code of all amounts', 'Code ISO 4217 de tous les montants', 'devise'],
  [
    'total',
    '49.90',
    'What the buyer pays for the order',
    'Ce que l’acheteur paie pour la commande',
    'order_total,amount',
  ],
  [
    'shipping',
    '4.90',
    'What the buyer paid for postage, on the same basis as the prices',
    'Ce que l’acheteur a payé pour la livraison, comme les prix',
    'shipping_price,shipping_amount,shipping_cost,postage,frais_de_port,port,versand',
  ],
  [
    'discount',
    '5.00',
    'What was taken off the whole order',
    'Remise sur toute la commande',
    'order_discount,discount_amount,remise,réduction,rabatt',
  ],
  [
    'paid',
    'yes',
    'yes or no; an unpaid order is held. Empty means yes',
    'oui ou non ; une commande impayée est bloquée. Vide signifie oui',
    'is_paid,payée',
  ],
  [
    'cancelled',
    'no',
    'yes when the buyer or the shop cancelled',
    'oui si l’acheteur ou la boutique a annulé',
    'canceled,annulée',
  ],
  [
    'gift',
    'no',
    'yes for a gift: no prices in the box',
    'oui pour un cadeau : pas de prix dans le colis',
    'is_gift,cadeau',
  ],
  [
    'substitutions',
    'yes',
    'yes when the buyer takes something equal at the same price for what is out of stock. Empty means no',
    'oui si l’acheteur accepte un article équivalent au même prix pour ce qui manque. Vide signifie non',
    'substitution,allow_substitutions,remplacement',
  ],
  ['note', 'Ring twice', 'What the packer should know', 'Ce que le préparateur doit savoir', 'notes,comment,remarque'],
  [
    'shipping_method',
    'Express',
    'Delivery that the buyer chose',
    'Livraison choisie par l’acheteur',
    'delivery,shipping_service,livraison',
  ],
  [
    'promised_by',
    '2026-11-26',
    'Last day of the delivery that the buyer was promised, YYYY-MM-DD',
    'Dernier jour de la livraison promise, AAAA-MM-JJ',
    'deliver_by,delivery_by,latest_delivery_date,livraison_promise',
  ],
  [
    'pickup_point',
    '066974',
    'The carrier’s own number of the pick-up point that the buyer chose',
    'Numéro du point relais choisi, chez le transporteur',
    'relay_point,point_relais,pickup_location,parcel_shop,service_point',
  ],
  [
    'label_mode',
    'seller',
    'platform when the channel makes the label, else seller. Empty means seller',
    'platform si le canal fait l’étiquette, sinon seller. Vide signifie seller',
    'label_by,étiquette_par',
  ],
  [
    'vat_number',
    'DE811569869',
    'VAT number of a business that buys',
    'Numéro de TVA de l’entreprise qui achète',
    'vat_id,buyer_vat,buyer_vat_number,tva_intracommunautaire,numéro_de_tva,ust_id',
  ],
  [
    '*name',
    'Zoé Exemple',
    'Who receives the parcel',
    'Destinataire du colis',
    'ship_name,shipping_name,recipient,destinataire,nom',
  ],
  [
    'company',
    'Exemple SARL',
    'Company of the recipient',
    'Société du destinataire',
    'ship_company,shipping_company,société',
  ],
  [
    '*street1',
    '12 rue de l’Échantillon',
    'Street and number',
    'Rue et numéro',
    'street,address,address1,ship_street1,shipping_address1,adresse,rue',
  ],
  [
    'street2',
    'Bât. B',
    'Second address line',
    'Complément d’adresse',
    'address2,ship_street2,shipping_address2,complément',
  ],
  ['postcode', '75011', 'Postal code', 'Code postal', 'zip,postal_code,ship_zip,shipping_zip,code_postal,plz'],
  ['*city', 'Paris', 'Town', 'Ville', 'town,ship_city,shipping_city,ville'],
  [
    'region',
    'CA',
    'State or province where addresses need one',
    'État ou province si l’adresse en a besoin',
    'state,province,ship_region,shipping_province',
  ],
  [
    '*country',
    'FR',
    'ISO 3166-1 two-letter code, or the country’s name',
    'Code pays ISO 3166-1 à deux lettres, ou nom du pays',
    'country_code,ship_country,shipping_country,pays',
  ],
  [
    'phone',
    '+33 1 99 00 12 34',
    'Phone of the recipient',
    'Téléphone du destinataire',
    'ship_phone,shipping_phone,téléphone',
  ],
  ['email', 'zoe@example.com', 'E-mail of the buyer', 'E-mail de l’acheteur', 'mail'],
  [
    'line_id',
    '9001',
    'The channel’s own id of the line',
    'Identifiant de la ligne dans le canal',
    'external_line_id,lineitem_id',
  ],
  ['*sku', 'MUG-BLU', 'Our item key', 'Référence de l’article', 'lineitem_sku,item,article,référence,ref'],
  [
    'title',
    'Blue mug',
    'What the buyer saw; the SKU when empty',
    'Ce que l’acheteur a vu ; la référence si vide',
    'lineitem_name,item_name,product,produit,désignation',
  ],
  [
    '*quantity',
    '2',
    'Units ordered, 1 or more',
    'Unités commandées, 1 ou plus',
    'qty,lineitem_quantity,quantity_ordered,quantité,menge',
  ],
  ['unit_price', '12.50', 'Price of one unit', 'Prix d’une unité', 'price,lineitem_price,prix'],
  [
    'vat_rate',
    '20',
    'VAT that the price contains, percent',
    'TVA comprise dans le prix, en pour cent',
    'tax_rate,taux_tva,tva,mwst',
  ],
  [
    'line_discount',
    '1.00',
    'What was taken off the whole line',
    'Remise sur la ligne entière',
    'lineitem_discount,remise_ligne',
  ],
]);

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
