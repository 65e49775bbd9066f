import type * as z from 'zod';
import { problem, type Problem } from '../../kit/problem.ts';
import { checkCreditCode, normaliseCreditCode } from './credit-code.ts';
import { importColumns, type ImportColumn } from './import-columns.ts';
import { institutionFields, type BuildingKind, type InstitutionLevel, type Liaison } from './institution.ts';

/** Values of a new `institution` record. */
export type InstitutionValues = {
  readonly name: string;
  readonly creditCode: string | null;
  readonly creditCodeMissingReason: string | null;
  readonly level: InstitutionLevel;
  readonly authority: string;
  readonly buildingKind: BuildingKind;
  readonly usingUnit: string;
  readonly managingUnit: string;
  readonly address: string;
  readonly liaison: Readonly<z.infer<typeof Liaison>> | null;
  readonly sample: false;
  readonly removed: false;
};

export type RowFault = { readonly column: ImportColumn; readonly problem: Problem };
export type RowWarning = { readonly column: ImportColumn; readonly code: 'inner-check-digit' | 'same-name' | 'liaison-without-telephone' };

const levels: Readonly<Record<string, InstitutionLevel>> = {
  市级: 'municipal', 市本级: 'municipal', 本级: 'municipal', 市: 'municipal', municipal: 'municipal',
  区县: 'district', 区级: 'district', 县级: 'district', 区: 'district', 县: 'district', '区(县)': 'district', '区、县': 'district', 县市区: 'district', district: 'district',
};
const buildingKinds: Readonly<Record<string, BuildingKind>> = {
  国家机关办公建筑: 'state-organ-office', 机关办公建筑: 'state-organ-office', 办公建筑: 'state-organ-office', 机关: 'state-organ-office', 'state-organ-office': 'state-organ-office',
  其他公共建筑: 'other-public', 其他: 'other-public', 公共建筑: 'other-public', 'other-public': 'other-public',
};

const limits: Readonly<Partial<Record<ImportColumn, number>>> = {
  name: 80, creditCodeMissingReason: 200, authority: 80, usingUnit: 80, managingUnit: 80, address: 200, liaisonName: 40, liaisonTelephone: 40,
};

/**
 * One row. Asked: name, level, kind of building, and a credit code or the reason why there is none. An empty using unit is the unit
 * itself; an empty authority is our own bureau for 市级 and a fault for 区县. Values are only meaningful when there are no faults.
 */
export function readInstitutionRow(cells: ReadonlyMap<ImportColumn, string>, ownAuthority: string): { readonly values: InstitutionValues; readonly faults: readonly RowFault[]; readonly warnings: readonly RowWarning[] } {
  const faults: RowFault[] = [];
  const warnings: RowWarning[] = [];
  const fault = (column: ImportColumn, found: Problem): void => void faults.push({ column, problem: found });
  const text = (column: ImportColumn): string => (cells.get(column) ?? '').replaceAll(/\s+/g, ' ').replaceAll(/[\p{Cc}\p{Cs}]/gu, '').trim();
  for (const { id } of importColumns) {
    const limit = limits[id];
    if (limit !== undefined && text(id).length > limit) fault(id, problem('field-too-long', { limit, length: text(id).length }));
  }
  const name = text('name');
  if (name === '') fault('name', problem('incomplete', { field: 'name' }));
  const creditCode = readCreditCode(text('creditCode'), text('creditCodeMissingReason'), fault, warnings);
  const level = readWord(levels, 'level', text('level'), '市级、区县', fault) ?? 'municipal';
  const buildingKind = readWord(buildingKinds, 'buildingKind', text('buildingKind'), '国家机关办公建筑、其他公共建筑', fault) ?? 'other-public';
  const authority = text('authority') || (level === 'municipal' ? ownAuthority : '');
  if (authority === '') fault('authority', problem('incomplete', { field: 'authority' }));
  const liaison = text('liaisonName') === '' && text('liaisonTelephone') === '' ? null : { name: text('liaisonName'), telephone: text('liaisonTelephone') };
  if (liaison && liaison.telephone === '') warnings.push({ column: 'liaisonTelephone', code: 'liaison-without-telephone' });
  if (liaison && liaison.name === '') fault('liaisonName', problem('incomplete', { field: 'liaisonName' }));
  const values: InstitutionValues = {
    name, creditCode, creditCodeMissingReason: creditCode === null ? text('creditCodeMissingReason') : null, level, authority, buildingKind,
    usingUnit: text('usingUnit') || name, managingUnit: text('managingUnit'), address: text('address'), liaison, sample: false, removed: false,
  };
  return { values, faults, warnings };
}

type AddFault = (column: ImportColumn, found: Problem) => void;

function readCreditCode(typed: string, missingReason: string, fault: AddFault, warnings: RowWarning[]): string | null {
  if (typed === '') {
    if (missingReason === '') fault('creditCode', problem('incomplete', { field: 'creditCode', needs: 'creditCodeMissingReason' }));
    return null;
  }
  const code = normaliseCreditCode(typed);
  // A spreadsheet that took the code for a number has already lost its last digits.
  const isRuined = /^\d(\.\d+)?E\+\d+$/.test(code);
  const { error, warning } = checkCreditCode(code);
  if (error !== null) fault('creditCode', problem('invalid-input', { reason: isRuined ? 'spreadsheet-number' : `credit-code-${error}`, given: typed.slice(0, 40) }));
  else if (warning !== null) warnings.push({ column: 'creditCode', code: warning });
  return code;
}

function readWord<T>(words: Readonly<Record<string, T>>, column: ImportColumn, typed: string, choices: string, fault: AddFault): T | null {
  const word = typed.normalize('NFKC').replaceAll(/\s/g, '');
  if (word === '') fault(column, problem('incomplete', { field: column, choices }));
  else if (!Object.hasOwn(words, word)) fault(column, problem('invalid-input', { reason: 'unknown-choice', given: typed.slice(0, 40), choices }));
  return Object.hasOwn(words, word) ? (words[word] ?? null) : null;
}

/** Every value of a row without faults fits its record field. Exported for the import's own check before it writes. */
export function fitsRecord(values: InstitutionValues): boolean {
  return Object.entries(values).every(([field, value]) => institutionFields[field as keyof typeof institutionFields].safeParse(value).success);
}
