import { useTranslation } from 'react-i18next';
import type { JsonValue } from '#shared/kit/values.ts';
import { useRecord } from '../../store/desk-context.tsx';
import { ConflictPanel } from '../../ui/conflict-panel.tsx';

/** What two people did to one paper without seeing each other: both made its bytes, or both declared it void. */
export function PaperConflicts({ paperId }: { readonly paperId: string }) {
  const { t } = useTranslation('documents');
  const record = useRecord(paperId);
  if (!record) return null;
  return <ConflictPanel record={record} label={(path) => t(path === 'voided' ? 'standings.voided' : 'problems:fields.pdf')} show={shown} />;
}

function shown(_path: string, value: JsonValue): string {
  if (value === null || typeof value !== 'object') return value === null ? '' : String(value);
  const { reason, evidence } = value as { readonly reason?: string; readonly evidence?: { readonly sha256: string } };
  return reason ?? evidence?.sha256.slice(0, 16) ?? JSON.stringify(value);
}
