import { describe, expect, test } from 'vitest';
import type { Basis } from '#shared/domain/casework/case-record.ts';
import { blankForm } from '#shared/domain/documents/blank-form.ts';
import { districtLetter } from '#shared/domain/documents/district-letter.ts';
import { opinionPaper, type OpinionSources } from '#shared/domain/documents/opinion-paper.ts';

function basis(article: string, status: Basis['status'] = 'verified', name = '公共机构节能条例'): Basis {
  return { id: `${name}-${article}`, name, article, textVersion: '2017-03-01', status, source: 'docs/sources.md' };
}

function given(changed: Partial<OpinionSources> = {}): OpinionSources {
  return {
    text: { facts: '2026年8月12日检查发现4间房间设定温度24℃。\n其中2间无人。', demand: '一、调整设定温度。\n二、落实专人管理。', replyBy: '2026-09-30', jointOrganId: null, contact: '李示例，0571-11111111' },
    institution: { name: '示例市城市管理局', authority: '示例市示例区机关事务服务中心' },
    organ: '示例市机关事务管理局', jointOrgan: '示例市发展和改革委员会', officialNumber: null, issuedOn: null, fieldNumbers: ['A1-20260812-1'],
    bases: [basis('第三十条'), basis('第三十五条'), basis('第四十一条')], marks: { demo: false, sample: false }, madeAt: '2026-08-13T01:00:00.000Z', ...changed,
  };
}

describe('the 节能整改意见书', () => {
  test('states the waste, cites Articles 30, 35 and 41, and asks for a written reply by a date', () => {
    const paper = opinionPaper(given());
    expect(paper.body).toEqual([
      '2026年8月12日检查发现4间房间设定温度24℃。', '其中2间无人。',
      '上述情况造成能源浪费。根据《公共机构节能条例》第三十条、第三十五条、第四十一条的规定，现提出如下整改意见：',
      '一、调整设定温度。', '二、落实专人管理。', '请于2026年9月30日前将落实情况书面反馈我局。',
    ]);
    expect(paper.missing).toEqual([]);
  });

  test('threatens nothing: no order, no time limit, nothing of Article 37', () => {
    expect(JSON.stringify(opinionPaper(given()))).not.toMatch(/责令|限期|第三十七条|逾期|通报|处分|依法\d+日/);
  });

  test('presents as law only what was verified', () => {
    const paper = opinionPaper(given({ bases: [basis('第四十一条'), basis('第三十四条', 'verified-weak', '杭州市民用建筑节能条例'), basis('第一条', 'recalled')] }));
    expect(paper.body[2]).toContain('根据《公共机构节能条例》第四十一条的规定');
    expect(JSON.stringify(paper)).not.toContain('杭州市民用建筑节能条例');
  });

  test('says before the seal that it is void, and waits for number and date', () => {
    const paper = opinionPaper(given());
    expect(paper).toMatchObject({ notice: '送审稿 未盖章无效', number: null, issuedOn: null });
    expect(opinionPaper(given({ officialNumber: '示机管节〔2026〕7号', issuedOn: '2026-08-20' }))).toMatchObject({ number: '示机管节〔2026〕7号', issuedOn: '2026年8月20日' });
  });

  test('is issued with the departments concerned and links the papers of the day', () => {
    const paper = opinionPaper(given());
    expect(paper.signers).toEqual(['示例市机关事务管理局', '示例市发展和改革委员会']);
    expect(paper.note).toBe('（联系人：李示例，0571-11111111；现场检查文书编号：A1-20260812-1）');
  });

  test('shows what is still missing', () => {
    const empty = opinionPaper(given({ organ: null, jointOrgan: null, bases: [], text: { facts: ' ', demand: '', replyBy: null, jointOrganId: null, contact: '' } }));
    expect(empty.missing.map((gap) => gap.label)).toEqual(['发文机关', '反馈日期', '检查发现的情况', '法规处确认的依据清单', '整改意见', '会同的有关部门']);
  });
});

describe('the letter for a district’s unit', () => {
  test('goes to the district’s bureau and demands nothing of the unit', () => {
    const letter = districtLetter(given({ text: { ...given().text, demand: '' } }));
    expect(letter.addressee).toBe('示例市示例区机关事务服务中心');
    expect(letter.title).toBe('关于示例市城市管理局空调使用情况现场检查有关情况的函');
    expect(letter.body.join('')).not.toContain('整改意见');
    expect(letter.body.at(-1)).toBe('请于2026年9月30日前将有关情况函复我局。');
  });

  test('is not sent without an addressee', () => {
    expect(districtLetter(given({ institution: { name: '示例市城市管理局', authority: '' } })).missing.map((gap) => gap.label)).toEqual(['该单位的机关事务主管部门']);
  });
});

test('a blank form has between one and five hundred rows', () => {
  const rows = (rowCount: number): number => blankForm({ organ: '', unit: '', rowCount, fieldNumber: null, madeAt: '2026-08-12T00:00:00.000Z', marks: { demo: false, sample: false } }).rowCount;
  expect([rows(0), rows(40), rows(10_000)]).toEqual([1, 40, 500]);
});
