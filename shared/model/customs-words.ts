/**
 * Descriptions that tell a customs officer nothing, English and French: the "stop words" of the European
 * advance data (ICS2) as far as shops write them. One of them alone, or several together, is refused.
 */
const vague = `
accessory accessories apparel appliance appliances article articles assorted bag bags battery box boxes brand business
chemical chemicals cloth clothes clothing commercial component components consumer content contents cosmetics device
devices document documents electronic electronics equipment fabric fashion food foodstuffs footwear freight garment
garments general gift gifts good goods hardware home household item items jewelry jewellery kit liquid machine machinery
material materials medical medicine merchandise metal misc miscellaneous new object objects online order package
packaging parcel part parts personal plastic plastics present presents private product products professional promotional
purchase replacement return returned returns sale sales sample samples set shipment shoes spare stuff supplies textile
textiles things tool tools toy toys unknown used various web wood
accessoire accessoires appareil appareils autre autres boite boîte boites boîtes bijou bijoux cadeau cadeaux carton
chaussures chose choses colis commande composant composants contenu cosmetique cosmetiques cosmétique cosmétiques divers
diverse diverses document documents echantillon echantillons échantillon échantillons effets electronique électronique
equipement équipement fourniture fournitures habit habits jouet jouets linge liquide machine marchandise marchandises
materiel matériel metal métal neuf objet objets outil outils outillage personnel personnels piece pieces pièce pièces
plastique prive privé produit produits professionnel retour retours rechange tissu tissus usage usagé vente vetement
vetements vêtement vêtements`;

const vagueWords: ReadonlySet<string> = new Set(vague.trim().split(/\s+/));

/** Words that join others and describe nothing. */
const joining: ReadonlySet<string> = new Set(
  'a an and by for from in of on or the to with my your our me you him her them us it per no de du des d la le les l un une et ou pour avec en au aux sans pour vous toi moi lui'.split(
    ' ',
  ),
);

/** The words of a description that say too little, or undefined where at least one says what it is. */
export function vagueDescription(description: string): string | undefined {
  const words = description.toLowerCase().match(/\p{L}+/gu) ?? [];
  const telling = words.filter((word) => word.length > 1 && !vagueWords.has(word) && !joining.has(word));
  return telling.length > 0 ? undefined : description.trim();
}
