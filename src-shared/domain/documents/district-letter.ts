import { commonParts, paragraphs, replySentence, type OpinionPaper, type OpinionSources } from './opinion-paper.ts';
import { missingOf } from './paper.ts';

/**
 * 反馈函 to the district's own bureau. A bureau acts on units of its own level only (Articles 4, 35, 41), so for a
 * district's unit the facts go to the district's bureau, without an opinion on the unit and without a demand to it.
 */
export function districtLetter(sources: OpinionSources): OpinionPaper {
  const { text, institution } = sources;
  const base = commonParts(sources);
  return {
    ...base,
    kind: 'district-letter', title: `关于${institution.name}空调使用情况现场检查有关情况的函`,
    addressee: institution.authority || null,
    body: [
      ...paragraphs(text.facts),
      ...(text.demand.trim() ? paragraphs(text.demand) : ['该单位属你局监督管理的范围，现将有关情况函告你局。']),
      replySentence(text, '有关情况函复我局'),
    ],
    missing: [
      ...base.missing,
      ...missingOf([
        { path: 'institutionId', label: '该单位的机关事务主管部门', value: institution.authority || null },
        { path: 'text', label: '检查发现的情况', value: text.facts.trim() || null },
      ]),
    ],
  };
}
