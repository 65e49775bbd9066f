import type { Basis, OpinionText } from '../casework/case-record.ts';
import { missingOf, type Missing, type PaperBase, type PaperMarks } from './paper.ts';
import { dateWords } from './paper-time.ts';

/**
 * 节能整改意见书 (Article 41) and 反馈函 on the grid of an official paper. Both are acts of the organ: until the seal is
 * on it, every page says that it is a draft for approval and void. There is no consequence clause: Article 41 knows none.
 */
export type OpinionPaper = PaperBase & {
  readonly kind: 'opinion' | 'district-letter';
  /** 机关代字〔年份〕n号, given by the office at 编号; null before. */
  readonly number: string | null;
  readonly jointOrgan: string | null;
  readonly addressee: string | null;
  /** Paragraphs, without the first-line indent. */
  readonly body: readonly string[];
  readonly signers: readonly string[];
  /** The date that the signing leader fixed; null before 签发. */
  readonly issuedOn: string | null;
  /** 附注, in brackets under the date. */
  readonly note: string;
  /** 送审稿 未盖章无效. The sealed original is imported, never printed by us. */
  readonly notice: string;
};

export type OpinionSources = {
  readonly text: OpinionText;
  readonly institution: { readonly name: string; readonly authority: string };
  readonly organ: string | null;
  readonly jointOrgan: string | null;
  readonly officialNumber: string | null;
  readonly issuedOn: string | null;
  readonly fieldNumbers: readonly string[];
  /** The list that the legal section signed off; empty = none yet. */
  readonly bases: readonly Basis[];
  readonly marks: PaperMarks;
  readonly madeAt: string;
};

export const unsealedNotice = '送审稿 未盖章无效';

export function opinionPaper(sources: OpinionSources): OpinionPaper {
  const { text, institution } = sources;
  const bases = citedBases(sources.bases);
  const base = commonParts(sources);
  return {
    ...base,
    kind: 'opinion', title: '节能整改意见书', addressee: institution.name || null,
    body: [
      ...paragraphs(text.facts),
      `上述情况造成能源浪费。根据${bases ?? '（依据待法规处确认）'}的规定，现提出如下整改意见：`,
      ...paragraphs(text.demand),
      replySentence(text, '落实情况书面反馈我局'),
    ],
    missing: [
      ...base.missing,
      ...missingOf([
        { path: 'text', label: '检查发现的情况', value: text.facts.trim() || null },
        { path: 'bases', label: '法规处确认的依据清单', value: bases },
        { path: 'text', label: '整改意见', value: text.demand.trim() || null },
        { path: 'text', label: '会同的有关部门', value: sources.jointOrgan },
      ]),
    ],
  };
}

/** The parts that both papers share; `missing` of the reply date and the organ. */
export function commonParts(sources: OpinionSources): Omit<OpinionPaper, 'kind' | 'title' | 'addressee' | 'body'> {
  const { text } = sources;
  const missing: Missing[] = missingOf([
    { path: 'organ', label: '发文机关', value: sources.organ },
    { path: 'text', label: '反馈日期', value: text.replyBy },
  ]);
  return {
    version: 1, organ: sources.organ, unit: sources.institution.name, fieldNumber: null, madeAt: sources.madeAt, marks: sources.marks,
    number: sources.officialNumber, jointOrgan: sources.jointOrgan,
    signers: [sources.organ, sources.jointOrgan].filter((name) => name !== null),
    issuedOn: sources.issuedOn === null ? null : dateWords(sources.issuedOn),
    note: noteText(sources), notice: unsealedNotice, missing,
  };
}

/** `请于2026年9月30日前将落实情况书面反馈我局。` The date is somebody's choice: no article sets a number of days. */
export function replySentence(text: OpinionText, what: string): string {
  return `请于${text.replyBy === null ? '　　年　月　日' : dateWords(text.replyBy)}前将${what}。`;
}

export function paragraphs(text: string): readonly string[] {
  return text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
}

/** `《公共机构节能条例》第三十条、第三十五条`; only verified texts are presented as law. Null when there is none. */
function citedBases(bases: readonly Basis[]): string | null {
  const byName = new Map<string, string[]>();
  for (const basis of bases) {
    if (basis.status !== 'verified') continue;
    byName.set(basis.name, [...(byName.get(basis.name) ?? []), basis.article]);
  }
  if (byName.size === 0) return null;
  return [...byName].map(([name, articles]) => `${name.startsWith('《') ? name : `《${name}》`}${articles.join('、')}`).join('，');
}

function noteText({ text, fieldNumbers }: OpinionSources): string {
  const parts = [text.contact ? `联系人：${text.contact}` : '', fieldNumbers.length > 0 ? `现场检查文书编号：${fieldNumbers.join('、')}` : ''].filter(Boolean);
  return parts.length > 0 ? `（${parts.join('；')}）` : '';
}
