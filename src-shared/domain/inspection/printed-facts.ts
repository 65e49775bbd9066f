import * as z from 'zod';
import { Uuid } from '../../kit/values.ts';
import { institutionFields } from '../institutions/institution.ts';
import { organFields, personFields } from '../people/people.ts';

const PrintedPerson = z.strictObject({
  id: Uuid, name: personFields.name, organId: Uuid.nullable(), certificate: personFields.certificate,
  /** Only of the lead officer, who is printed as the one to turn to. */
  telephone: personFields.telephone,
});

/**
 * What papers print of people, organs and the institution, as it stood at 定稿: those records are not the inspection's and change
 * later. Its instruments, accompanying person and the institution's name are fields of its own and covered with it.
 */
export const PrintedFacts = z.strictObject({
  people: z.array(PrintedPerson).max(50),
  organs: z.array(z.strictObject({ id: Uuid, name: organFields.name })).max(100),
  /** Null: its record was not on the desk that locked. */
  institution: z.strictObject({
    creditCode: institutionFields.creditCode, creditCodeMissingReason: institutionFields.creditCodeMissingReason, level: institutionFields.level.nullable(), sample: z.boolean(),
  }).nullable(),
});
export type PrintedFacts = Readonly<z.infer<typeof PrintedFacts>>;
