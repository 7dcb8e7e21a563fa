import { z } from 'zod';

/** A postal address as given by the channel; `country` is ISO 3166-1 alpha-2 in upper case. */
export const Address = z.object({
  name: z.string(),
  company: z.string().optional(),
  street1: z.string(),
  street2: z.string().optional(),
  postcode: z.string(),
  city: z.string(),
  region: z.string().optional(),
  country: z.string().regex(/^[A-Z]{2}$/),
  phone: z.string().optional(),
  email: z.string().optional(),
});
export type Address = z.infer<typeof Address>;
