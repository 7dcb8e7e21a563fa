import { z } from 'zod';
import { productOf } from './products.ts';

const Text = z.string().optional();
const SimAddress = z.object({
  ...{ companyName: Text, lastName: Text, firstName: Text, line0: Text, line1: Text, line2: Text, line3: Text },
  ...{ countryCode: Text, city: Text, zipCode: Text, mobileNumber: Text, phoneNumber: Text, email: Text },
});
export type SimAddress = z.infer<typeof SimAddress>;

/** What the simulation reads of a request for a label; what is missing it refuses as SLS does. */
export const SimRequest = z.object({
  contractNumber: Text,
  password: Text,
  outputFormat: z.object({ outputPrintingType: z.string() }),
  letter: z.object({
    service: z.object({ productCode: z.string(), depositDate: z.string(), totalAmount: z.number().optional() }),
    parcel: z.object({ weight: z.number().optional(), pickupLocationId: Text }),
    sender: z.object({ senderParcelRef: z.string(), address: SimAddress }),
    addressee: z.object({ address: SimAddress }),
    customsDeclarations: z
      .object({
        contents: z.object({
          category: z.object({ value: z.int().min(1).max(6) }),
          article: z.array(
            z.object({ weight: z.number(), quantity: z.int(), hsCode: Text, originCountry: Text, description: Text }),
          ),
        }),
      })
      .optional(),
  }),
});
export type SimRequest = z.infer<typeof SimRequest>;

export interface Refusal {
  readonly id: string;
  readonly text: string;
}

/** Contract and key that the simulated La Poste knows. */
export const COLISSIMO_SANDBOX = {
  contractNumber: '123456',
  password: 'simulated',
  okapiKey: 'simulated-okapi',
} as const;

const EU = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MC MT NL PL PT RO SE SI SK'.split(' ');
const HOME = ['FR', 'MC', 'AD'];
const PICKUP_ID = /^[0-9]{6}$/;
const refuse = (id: string, text: string): Refusal => ({ id, text });

function checkAddress({ lastName, companyName, line2, city, countryCode = '', zipCode }: SimAddress): Refusal[] {
  return [
    ...(lastName || companyName ? [] : [refuse('30200', "Le nom du destinataire n'a pas été transmis")]),
    ...(line2 ? [] : [refuse('30204', "Le numéro / libellé de voie du destinataire n'a pas été transmis")]),
    ...(/^(?!XX|ZZ)[A-Z]{2}$/.test(countryCode) ? [] : [refuse('30207', 'Le code pays du destinataire est incorrect')]),
    ...(city ? [] : [refuse('30208', "La ville du destinataire n'a pas été transmise")]),
    ...(zipCode ? [] : [refuse('30210', "Le code postal du destinataire n'a pas été transmis")]),
    ...(countryCode === 'FR' && zipCode && !/^(?:0[1-9]|[1-8][0-9]|9[0-58])[0-9]{3}$/.test(zipCode)
      ? [refuse('30211', 'Le code postal du destinataire est incorrect')]
      : []),
  ];
}

function checkLines(address: SimAddress): Refusal[] {
  return Object.entries(address)
    .filter(([name, value]) => /^(?:line|lastName|companyName|city)/.test(name) && (value?.length ?? 0) > 35)
    .map(([name]) => refuse('30600', `Le champ ${name} dépasse 35 caractères. Veuillez saisir à nouveau ce champ.`));
}

function checkProduct({ letter }: SimRequest): Refusal[] {
  const { service, addressee, parcel } = letter;
  const product = productOf(service.productCode);
  if (!product) return [refuse('30700', "Le produit demandé n'existe pas dans le compte client")];
  const country = addressee.address.countryCode ?? '';
  const reached = product.countries?.includes(country) ?? true;
  return [
    ...(reached
      ? []
      : [refuse('30213', 'Le code pays ou le code postal du destinataire est incorrect pour le code produit fourni')]),
    ...(product.pickupPoint && !parcel.pickupLocationId
      ? [refuse('30400', "Le code point de retrait n'a pas été transmis")]
      : []),
    ...(product.pickupPoint && parcel.pickupLocationId && !PICKUP_ID.test(parcel.pickupLocationId)
      ? [refuse('30401', 'Le code point de retrait est incorrect')]
      : []),
    ...(product.pickupPoint && !addressee.address.mobileNumber
      ? [refuse('30220', "Le numéro de portable du destinataire n'a pas été transmis")]
      : []),
  ];
}

function checkCustoms({ letter }: SimRequest): Refusal[] {
  const country = letter.addressee.address.countryCode ?? '';
  const sender = letter.sender.address.countryCode ?? '';
  const abroad = !EU.includes(country) || !EU.includes(sender);
  if (!abroad || HOME.includes(country)) return [];
  const content = letter.customsDeclarations?.contents;
  if (!content) return [refuse('30500', 'Le contenu du colis n’a pas été transmis')];
  if (content.article.length === 0) return [refuse('30505', 'Les articles contenus n’ont pas été transmis')];
  const weight = content.article.reduce((sum, one) => sum + one.weight * one.quantity, 0);
  return [
    ...(weight > (letter.parcel.weight ?? 0) + 0.001
      ? [refuse('30507', 'Le poids total des articles est supérieur au poids du colis')]
      : []),
    ...(content.article.every(({ hsCode }) => hsCode)
      ? []
      : [refuse('30518', "Le numéro tarifaire d'un article n'a pas été transmis")]),
    ...(content.article.every(({ originCountry }) => originCountry)
      ? []
      : [refuse('30520', "Le pays d'origine d'un article n'a pas été transmis")]),
    ...(letter.service.totalAmount === undefined ? [refuse('30317', 'Le montant total n’a pas été transmis')] : []),
  ];
}

/** What SLS would refuse of this request, in its own numbers and words. */
export function checkRequest(request: SimRequest): Refusal[] {
  if (!knows(request)) return [refuse('30000', 'Identifiant ou mot de passe incorrect')];
  const { weight = 0 } = request.letter.parcel;
  return [
    ...(weight > 0 && weight <= 30 ? [] : [refuse('30301', 'Le poids du colis est incorrect')]),
    ...checkAddress(request.letter.addressee.address),
    ...checkLines(request.letter.addressee.address),
    ...checkLines(request.letter.sender.address),
    ...checkProduct(request),
    ...checkCustoms(request),
  ];
}

export function knows({ contractNumber, password }: Pick<SimRequest, 'contractNumber' | 'password'>): boolean {
  return contractNumber === COLISSIMO_SANDBOX.contractNumber && password === COLISSIMO_SANDBOX.password;
}
