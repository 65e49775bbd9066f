import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/kit/problem.ts';

/**
 * An expected failure as a sentence: what happened, what is safe, what to do next. The table (i18n/problems) has one
 * sentence a code, and a closer one where the detail allows: `<code>_<reason>`, `<code>_wait`, `<code>_field`, `<code>_limit`.
 * `t` is bound to the namespace `problems`; `label` names the field in the person's words when the caller knows it.
 */
export function problemText(t: TFunction<'problems'>, { code, detail = {} }: Problem, label?: string): string {
  const { reason, where, field, limit, max, line, choices, waitSeconds } = detail;
  // A range has both ends; a length or a number has its upper one.
  const most = limit ?? max;
  const keys = [
    ...(choices === undefined ? [] : [`${code}_choices`]),
    ...[reason, where].filter((word) => typeof word === 'string').map((word) => `${code}_${word}`),
    ...(typeof waitSeconds === 'number' && waitSeconds > 0 ? [`${code}_wait`] : []),
    ...(most === undefined ? [] : [`${code}_limit`]),
    ...(line === undefined ? [] : [`${code}_line`]),
    ...(field === undefined && label === undefined ? [] : [`${code}_field`]),
    code,
  ];
  const values = Object.fromEntries(Object.entries(detail).map(([name, value]) => [name, typeof value === 'number' ? value.toLocaleString('zh-CN') : value]));
  return t(keys as ['server-error'], { ...values, limit: Number(most ?? 0).toLocaleString('zh-CN'), field: label ?? fieldLabel(t, field) });
}

/** The problem's sentence in the language of the moment. */
export function useProblemText(): (problem: Problem, label?: string) => string {
  const { t } = useTranslation('problems');
  return useCallback((problem, label) => problemText(t, problem, label), [t]);
}

/** `readings/r1` and `firstAccount.name` are told apart by their first part; an unnamed field stays as it is. */
function fieldLabel(t: TFunction<'problems'>, field: string | number | undefined): string {
  if (field === undefined) return t('fields.this');
  const path = String(field);
  const name = path.split(/[/.]/)[0] ?? path;
  return t([`fields.${path.replaceAll('.', '-')}`, `fields.${name}`, 'fields.unnamed'], { name: path });
}
