import * as z from 'zod';
import shipped from '../../../assets/legal-bases.json' with { type: 'json' };
import { Basis } from './case-record.ts';

const KnownBasis = z.strictObject({
  ...Basis.shape,
  /** Offered ticked to the legal section; others only when a person ticks them. Never true for what is not verified. */
  enabled: z.boolean(),
  note: z.string().max(300),
});
export type KnownBasis = Readonly<z.infer<typeof KnownBasis>>;

/** The bases the product ships with, from assets/legal-bases.json: data with their source, not constants in rules. */
export const knownBases: readonly KnownBasis[] = z.array(KnownBasis).parse(shipped.bases);
