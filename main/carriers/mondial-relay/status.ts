/**
 * STAT codes of the web service (Mondial Relay, "Web Service, solution expéditeur", annex of error codes) and what of our
 * request they are about.
 */
const STATUS: Readonly<Record<string, readonly [text: string, field?: string]>> = {
  '1': ['Enseigne invalide'],
  '2': ["Numéro d'enseigne vide ou inexistant"],
  '3': ['Numéro de compte enseigne invalide'],
  '5': ['Numéro de dossier enseigne invalide'],
  '7': ['Numéro de client enseigne invalide'],
  '8': ['Mot de passe ou hachage invalide'],
  '9': ['Ville non reconnue ou non unique', 'to.city'],
  '10': ['Type de collecte invalide', 'service'],
  '11': ['Numéro de Point Relais de collecte invalide', 'pickupPoint'],
  '12': ['Pays du Point Relais de collecte invalide', 'pickupPoint'],
  '13': ['Type de livraison invalide', 'service'],
  '14': ['Numéro de Point Relais de livraison invalide', 'pickupPoint'],
  '15': ['Pays du Point Relais de livraison invalide', 'pickupPoint'],
  '20': ['Poids du colis invalide', 'parcel.weightMg'],
  '21': ['Taille (longueur + hauteur) du colis invalide', 'parcel.lengthMm'],
  '22': ['Taille du colis invalide', 'parcel.lengthMm'],
  '24': ["Numéro d'expédition ou de suivi invalide"],
  '26': ['Temps de montage invalide'],
  '27': ['Mode de collecte ou de livraison invalide', 'service'],
  '28': ['Mode de collecte invalide', 'service'],
  '29': ['Mode de livraison invalide', 'service'],
  '30': ['Adresse (L1) invalide', 'to.name'],
  '31': ['Adresse (L2) invalide', 'to.company'],
  '33': ['Adresse (L3) invalide', 'to.street1'],
  '34': ['Adresse (L4) invalide', 'to.street2'],
  '35': ['Ville invalide', 'to.city'],
  '36': ['Code postal invalide', 'to.postcode'],
  '37': ['Pays invalide', 'to.country'],
  '38': ['Numéro de téléphone invalide', 'to.phone'],
  '39': ['Adresse e-mail invalide', 'to.email'],
  '40': ['Paramètres manquants'],
  '42': ['Montant contre-remboursement invalide'],
  '43': ['Devise contre-remboursement invalide'],
  '44': ['Valeur du colis invalide', 'options.insured'],
  '45': ['Devise de la valeur du colis invalide', 'options.insured'],
  '46': ["Plage de numéros d'expédition épuisée"],
  '47': ['Nombre de colis invalide', 'parcel.count'],
  '48': ['Multi-colis interdit en Point Relais', 'parcel.count'],
  '49': ['Action invalide'],
  '60': ['Champ texte libre invalide'],
  '61': ['Top avisage invalide'],
  '62': ['Instruction de livraison invalide'],
  '63': ['Assurance invalide', 'options.insured'],
  '64': ['Temps de montage invalide'],
  '65': ['Top rendez-vous invalide'],
  '66': ['Top reprise invalide'],
  '67': ['Latitude invalide'],
  '68': ['Longitude invalide'],
  '69': ['Code enseigne invalide'],
  '70': ['Numéro de Point Relais invalide', 'pickupPoint'],
  '71': ['Nature de point de vente non valide'],
  '74': ['Langue invalide'],
  '78': ['Pays de collecte invalide', 'from.country'],
  '79': ['Pays de livraison invalide', 'to.country'],
  '92': ['Le pays du destinataire et celui du Point Relais doivent être identiques', 'pickupPoint'],
  '93': ['Aucun élément retourné par le plan de tri : Point Relais indisponible ou code postal inconnu', 'to.postcode'],
  '94': ['Colis inexistant'],
  '95': ['Compte enseigne non activé'],
  '96': ["Type d'enseigne incorrect en base"],
  '97': ['Clé de sécurité invalide'],
  '98': ['Erreur générique (paramètres invalides)'],
  '99': ['Erreur générique du service'],
};

/** The service does not know who asks: enseigne, account or key. */
export const SIGN_IN_STATUS: ReadonlySet<string> = new Set(['1', '2', '3', '8', '69', '95', '96', '97']);
/** The service itself broke down: whether anything was made is open. */
export const BREAKDOWN_STATUS = '99';

/** The carrier's words for a status, and the path of `ShipmentRequest` it is about. */
export function statusOf(code: string): { readonly text: string; readonly field?: string } {
  const [text = `Statut ${code}`, field] = STATUS[code] ?? [];
  return { text, ...(field === undefined ? {} : { field }) };
}
