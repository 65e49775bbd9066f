import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import readSheets from 'read-excel-file/node';
import { pdfOfPages } from '../helpers/pdf-of-pages.ts';
import { casePage, opinionPage } from './helpers/case-page.ts';
import { copiedFromExcel } from './helpers/copied-rooms.ts';
import { savedFile } from './helpers/desk.ts';
import { inspectionPage } from './helpers/inspection-page.ts';
import { creditCode, gb18030, institutionTable } from './helpers/institution-tables.ts';
import { institutionsPage, peoplePage } from './helpers/office-pages.ts';
import { docxText, papersPage, runningText } from './helpers/papers-page.ts';
import { jointOrganName, officeName, people } from './helpers/people.ts';
import { photoOf, pictures } from './helpers/pictures.ts';
import { roomsPage } from './helpers/rooms-page.ts';
import { twoLaptops, type TwoLaptops } from './helpers/two-laptops.ts';

// One inspection from the first account to the hand-over: two laptops, one server, real windows. The tests follow each other.
test.describe.configure({ mode: 'serial' });

const unit = '示例市档案局';
const replyBy = '2026-12-20';
const codes = new Map<string, string>();
let story: TwoLaptops;

test.beforeAll(async () => {
  story = await twoLaptops();
});
test.afterAll(async () => story?.end());

test('1 an administrator sets up office, people and laptops with one-time codes', async () => {
  const house = story.house();
  await house.enrolFirst(story.office());
  await house.goTo('人员');
  const page = peoplePage(house.page);
  await page.addOrgan(jointOrganName);
  const { administrator: _, ...others } = people;
  for (const person of Object.values(others)) await page.add(person);
  await expect(page.row('林知夏')).toContainText('样例330001，至 2029-12-31');
  for (const { name } of Object.values(others)) codes.set(name, await page.codeFor(name));

  const inspector = story.inspector();
  await pictures(inspector.open, '1-enrol');
  await inspector.enrol(story.office(), codes.get('林知夏') ?? '');
  await expect(inspector.page.locator('.app-officer')).toContainText(`林知夏 ${officeName}`);
  await house.signOut();
  await house.enrol(story.office(), codes.get('顾长青') ?? '');
});

test('1 a code enrols once', async () => {
  const house = story.house();
  await house.signOut();
  await house.page.getByRole('button', { name: '登记另一名人员' }).click();
  await house.page.getByLabel('服务器地址').fill(story.office().url);
  await house.page.getByLabel('一次性登记代码').fill(codes.get('林知夏') ?? '');
  await house.page.getByLabel('设置口令').fill('别人的口令也不行');
  await house.page.getByLabel('再输一次口令').fill('别人的口令也不行');
  await house.page.getByRole('button', { name: '登记并登录' }).click();
  await expect(house.page.getByRole('alert')).toContainText('这个登记代码已经用过，没有登记');
  await house.page.getByRole('button', { name: '返回' }).click();
  await house.signIn('顾长青');
});

test('2 a list of units in GB18030 is checked line by line, and is imported whole or not at all', async () => {
  const inspector = story.inspector();
  const page = institutionsPage(inspector.page);
  await inspector.savesTo(story.folder);
  await inspector.goTo('单位');
  await inspector.page.getByRole('button', { name: '导入' }).first().click();
  const wrong = `${creditCode(3).slice(0, 17)}${creditCode(3).endsWith('1') ? '2' : '1'}`;
  const table = institutionTable([
    { name: unit, code: creditCode(1), address: '示例市青禾路1号', liaison: '方晓岚', telephone: '0571-0000-1001' },
    { name: '示例市信访局', noCode: '机构改革后新代码尚未发放' },
    { name: '示例市水务局', code: wrong },
    { name: '示例市东示区城市管理局', code: creditCode(4), level: '区县', authority: '东示区机关事务管理局' },
    { name: '示例市文化局', code: creditCode(1), level: '乡镇' },
  ]);
  await page.chooseTable('名录.csv', gb18030(table));
  await expect(inspector.page.getByText('3 行可以导入，2 行有问题。')).toBeVisible();
  await expect(page.badRow(4)).toContainText('统一社会信用代码');
  await expect(page.badRow(4)).toContainText('校验码不对');
  await expect(page.badRow(6).filter({ hasText: '层级' })).toContainText('“乡镇”不在可选项里');
  await expect(page.badRow(6).filter({ hasText: '统一社会信用代码' })).toContainText('与第 2 行重复');
  await expect(page.importAll).toBeDisabled();
  await pictures(inspector.open, '2-import');
  await inspector.goTo('单位');
  await expect(inspector.page.getByText('还没有单位')).toBeVisible();

  await inspector.page.getByRole('button', { name: '导入' }).first().click();
  await page.chooseTable('名录.csv', gb18030(table));
  await page.importGood.click();
  await expect(inspector.page.getByRole('heading', { name: '已导入 3 个单位' })).toBeVisible();
  const bad = readFileSync(path.join(story.folder, '名录-有问题的行.csv'), 'utf8');
  expect(bad.split('\r\n')[1]).toMatch(/^示例市水务局,.*,4,.*校验码不对/);
  expect(bad.split('\r\n')[2]).toMatch(/^示例市文化局,.*,6,/);
  await inspector.goTo('单位');
  await expect(page.row(unit)).toContainText(creditCode(1));
  await expect(page.row('示例市东示区城市管理局')).toContainText('区县');
  await inspector.expectSent();
});

test('3 with the server gone an inspector signs in, sets an inspection up and fills its rooms', async () => {
  await story.stopServer();
  const inspector = await story.reopenInspector();
  await inspector.signIn('林知夏');
  await expect(inspector.truth).toContainText('离线');
  const page = inspectionPage(inspector);
  await page.begin('档案局', '示机管〔2026〕31号《关于开展空调温度控制专项检查的通知》');
  await page.jointOrgan(jointOrganName);
  await page.officers('何予安');
  await page.place({ name: '方晓岚', post: '节能联络员', telephone: '0571-0000-1001' }, '36.4');
  await page.conduct(replyBy);
  await page.sampling('96', '按楼层', '林知夏');
  await page.instrument({ name: '数字温度计', number: '样例T-017', certificateNo: '样例校准2026-0417', validUntil: '2027-04-16', errorC: '0.3' });
  await inspector.expectSaved();
  await expect(page.panel('离签字还差')).toContainText('还没有房间');

  await page.tab('房间');
  const rooms = roomsPage(inspector);
  await rooms.selectNewRow();
  await rooms.typeAlong('0301', '', '已检', '办公', '24', '分体', '房间可控', '制冷', '2');
  await expect(await rooms.cell('0301', '设定判定')).toContainText('缺设定');
  await inspector.page.keyboard.type('4');
  await expect(await rooms.cell('0301', '设定判定')).toContainText('低于26℃');
  await inspector.page.keyboard.press('Tab');
  await rooms.typeAlong('面板', '25.1 25.3', '关', '有', '26');
  await inspector.page.keyboard.press('Enter');
  await rooms.expectVerdicts('0301', '低于26℃', '低于26℃');
  await inspector.expectSaved();
});

test('3 a block from Excel fills further rooms, a photo and a reason are added, all while offline', async () => {
  const inspector = story.inspector();
  const rooms = roomsPage(inspector);
  await rooms.selectNewRow();
  await rooms.paste(copiedFromExcel);
  await expect(rooms.status).toContainText('8/8 间');
  await rooms.expectVerdicts('0302', '符合', '符合');
  await rooms.expectVerdicts('0303', '不适用', '不适用');
  await expect(await rooms.cell('0304', '设定判定')).toContainText('锁门');
  await rooms.expectVerdicts('0402', '待核', '待核');
  await rooms.expectVerdicts('0403', '符合', '误差内');
  await expect(await rooms.cell('0404', '设定判定')).toContainText('不适用');

  await rooms.select('0301', '备注');
  await inspector.page.keyboard.press('Space');
  await rooms.addPhotos('0301', [await photoOf(inspector.page, '门牌.jpg'), await photoOf(inspector.page, '面板.jpg')]);
  await expect(await rooms.cell('0301', '照片')).toHaveText('2');
  await rooms.expectFrameInSight();
  await inspector.expectSaved();
  await pictures(inspector.open, '3-rooms');
  await inspector.page.keyboard.press('Escape');
  await expect(inspector.truth).toContainText(/待同步 \d+/);
});

test('4 on site the inspection is locked, its papers are made with field numbers and state facts only', async () => {
  const inspector = story.inspector();
  await inspector.savesTo(story.folder);
  await inspectionPage(inspector).tab('文书');
  const papers = papersPage(inspector.page);
  await expect(inspector.page.getByText('可以定稿')).toBeVisible();
  await inspector.page.locator('canvas').first().waitFor();
  await pictures(inspector.open, '4-before-lock');
  await papers.conclude(['房间 8 间，其中进入检查 7 间', '何予安（样例330003）', '设定24℃的1间（0301）', '定稿不能撤销']);
  for (const title of ['现场检查笔录', '房间明细表', '现场检查情况反馈单']) {
    await expect(papers.card(title)).toContainText(/已生成 *[A-Z0-9]+-\d{8}-\d+ · \d+ 页/);
  }
  await papers.show('现场检查笔录');
  await pictures(inspector.open, '4-papers');
  const pages = await papers.savedText('现场检查笔录');
  const number = /[A-Z0-9]+-\d{8}-1/.exec(await papers.card('现场检查笔录').innerText())?.[0] ?? 'no number';
  expect(pages).toContain(`现场编号：${number}`);
  expect(pages).toMatch(/第\s*1\s*页\s*共\s*2\s*页/);
  const record = runningText(pages);
  for (const fact of [unit, '方晓岚', '林知夏', '何予安', jointOrganName, '设定24℃的1间（0301）', '设定24.5℃的1间（0401）', '0301（24℃调至26℃', '信息机房', '检查时未出示批准文件', '不申请回避']) {
    expect(record, fact).toContain(fact);
  }
  await papers.show('房间明细表');
  const list = runningText(await papers.savedText('房间明细表'));
  for (const fact of ['0301', '25.1', '25.3', '0304', '锁门', '0404', '关机']) expect(list, fact).toContain(fact);
  await papers.show('现场检查情况反馈单');
  const feedback = runningText(await papers.savedText('现场检查情况反馈单'));
  for (const fact of ['2026年12月20日', '24℃', '26℃', '0571-0000-0001']) expect(feedback, fact).toContain(fact);
  for (const text of [record, list, feedback]) expect(text).not.toMatch(/超标|不符合|低于|高于|待核|不适用|线索|违反|违法|责令|合格/);
  expect(feedback).not.toMatch(/〔\d{4}〕\d+号/);
});

test('4 a signed print is bound to its paper by photo, and a refusal to sign needs its reason only', async () => {
  const inspector = story.inspector();
  const papers = papersPage(inspector.page);
  await papers.card('现场检查笔录').click();
  await papers.sign(await photoOf(inspector.page, '签字页.jpg'));
  await expect(papers.card('现场检查笔录')).toContainText('已签');
  await expect(inspector.page.getByText(/被检查单位 方晓岚 · 签字件/)).toBeVisible();
  await papers.card('现场检查情况反馈单').click();
  await papers.refuseToSign('陪同人员称须经本单位负责人同意');
  await expect(papers.card('现场检查情况反馈单')).toContainText('拒绝签名');
  await expect(inspector.page.getByText('拒绝签名：陪同人员称须经本单位负责人同意')).toBeVisible();
  await inspector.expectSaved();
});

test('4 a unit that refuses to be inspected gets a record with its reason, and nothing else is asked for', async () => {
  const inspector = story.inspector();
  const page = inspectionPage(inspector);
  await page.begin('信访局', '示机管〔2026〕31号');
  await page.officers('何予安');
  await page.panel('拒绝检查').getByRole('button', { name: '记录拒绝检查' }).click();
  const dialog = inspector.page.getByRole('dialog');
  await expect(dialog).toContainText('第三十七条所列情形，由本局会同有关部门处理');
  await dialog.getByLabel('拒绝的理由').fill('值班人员称未接到通知，不让进入');
  await dialog.getByRole('button', { name: '记录', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.place({ name: '苏问渠', post: '值班人员', telephone: '' }, '36.4');
  await page.conduct(replyBy);
  await page.tab('文书');
  const papers = papersPage(inspector.page);
  await papers.conclude(['值班人员称未接到通知，不让进入']);
  await expect(papers.card('现场检查笔录')).toContainText('已生成');
  await expect(papers.card('房间明细表')).toHaveCount(0);
  await papers.show('现场检查笔录');
  expect(runningText(await papers.savedText('现场检查笔录'))).toContain('值班人员称未接到通知，不让进入');
  await inspector.goTo('检查');
  await page.row(unit).getByRole('link').click();
});

test('4 a locked room takes no more typing', async () => {
  const inspector = story.inspector();
  await inspectionPage(inspector).tab('房间');
  const rooms = roomsPage(inspector);
  await expect(inspector.page.getByText(/定稿锁定，房间只能查看/)).toBeVisible();
  await rooms.select('0301', '设定');
  await inspector.page.keyboard.type('26');
  await inspector.page.keyboard.press('Enter');
  await expect(await rooms.cell('0301', '设定')).toHaveText('24');
});

test('7 a paper is printed through the printer queue, and again as a marked copy', async () => {
  const inspector = story.inspector();
  await inspectionPage(inspector).tab('文书');
  const papers = papersPage(inspector.page);
  await papers.show('房间明细表');
  const viewer = papers.viewer('房间明细表');
  await viewer.getByLabel('打印机').selectOption('Office');
  const pages = Number(/(\d+) 页/.exec(await papers.card('房间明细表').innerText())?.[1]);
  await viewer.getByRole('button', { name: `打印：Office · ${pages} 页` }).click();
  await expect(viewer.getByText(`已交给 Office，${pages} 页`)).toBeVisible({ timeout: 20_000 });
  const before = await savedFile(inspector.page, viewer.getByRole('button', { name: '存到文件夹…' }), 'pdf');
  await viewer.getByRole('button', { name: '打印副本' }).click();
  await viewer.getByText('打印记录 2').click({ timeout: 20_000 });
  await expect(viewer.getByText(/Office · 正本/)).toBeVisible();
  await expect(viewer.getByText(/Office · 副本第 1 份/)).toBeVisible();
  const after = await savedFile(inspector.page, viewer.getByRole('button', { name: '存到文件夹…' }), 'pdf');
  expect(after.bytes.equals(before.bytes), 'the stored original stays as it is').toBe(true);
  const log = story.cups.pageLog();
  expect(log).toHaveLength(2);
  for (const job of log) expect(job).toMatch(new RegExp(`^Office \\d+ ${pages} .*房间明细表`));
  // Both jobs have the same title, so cups-pdf keeps the last of them.
  expect(await story.cups.pagesOnPaper() ?? [pages]).toEqual([pages]);
  await papers.show('现场检查笔录');
  const signed = papers.viewer('现场检查笔录');
  await expect(signed.getByRole('button', { name: '打印副本' })).toBeVisible();
  await expect(signed.getByRole('button', { name: /^打印：/ }), 'of what was signed there are only copies').toHaveCount(0);
});

test('5 the case opens from settings that exceed, not from cold air, and goes its steps offline', async () => {
  const inspector = story.inspector();
  await inspector.goTo('整改');
  const cases = casePage(inspector.page);
  await expect(inspector.page.getByText(`${unit}：2 间设定温度超标`)).toBeVisible();
  await cases.open(unit);
  await expect(cases.finding('0301')).toContainText('当场已改');
  await expect(cases.finding('0401')).toContainText('待反馈');
  await expect(cases.finding('0403')).toHaveCount(0);
  await cases.step('0401', '记反馈', '已调至 26℃，附现场照片');
  await expect(cases.finding('0401')).toContainText('已反馈');
  await cases.step('0401', '记复查', '复查时面板 26℃', '已符合');
  await cases.step('0401', '销号', '整改到位');
  await expect(cases.finding('0401')).toContainText('已销号');
  await pictures(inspector.open, '5-case');
});

test('8 when the server is back everything goes up by itself and the truth line counts it down', async () => {
  const inspector = story.inspector();
  const house = story.house();
  await house.goTo('检查');
  await expect(inspectionPage(house).row(unit)).toHaveCount(0);
  await expect(inspector.truth).toContainText(/待同步 \d\d+/);
  await inspector.truth.click();
  await expect(inspector.page.getByText(/还有 \d+ 条没有同步，联网后自动发送/)).toBeVisible();
  await pictures(inspector.open, '8-sync-offline');
  await story.startServer();
  await inspector.expectSent();
  await expect(inspector.page.getByText('全部内容都已送到服务器并取得回执。')).toBeVisible();
  await expect(inspector.page.getByText('都已传到服务器', { exact: true })).toBeVisible({ timeout: 20_000 });
});

test('9 the inspection appears at the open window of the section head, who reads it and sends it back', async () => {
  const house = story.house();
  await expect(inspectionPage(house).row(unit)).toContainText('已定稿', { timeout: 20_000 });
  await expect(inspectionPage(house).row(unit)).toContainText('超标 2 间');
  await inspectionPage(house).row(unit).getByRole('link').click();
  const papers = papersPage(house.page);
  await papers.show('现场检查笔录');
  await inspectionPage(house).tab('审核');
  await expect(house.page.getByText('已检 7 / 8 间')).toBeVisible();
  await expect(house.page.getByText('超标率 2 / 5')).toBeVisible();
  await expect(house.page.getByRole('row').filter({ hasText: '0403' })).toContainText('误差内');
  await expect(house.page.locator('.review-thumb').first()).toBeVisible();
  await pictures(house.open, '9-review');
  await house.page.getByLabel('意见').fill('0304 房间请补充联络员说明');
  await house.page.getByRole('button', { name: '退回' }).click();

  const inspector = story.inspector();
  await inspector.goTo('今日');
  await expect(inspector.page.getByRole('region', { name: '审核退回' })).toContainText('0304 房间请补充联络员说明', { timeout: 20_000 });
  await inspector.page.getByRole('region', { name: '审核退回' }).getByRole('link').click();
  await expect(inspector.page.getByText('顾长青退回：0304 房间请补充联络员说明')).toBeVisible();
  await inspector.page.getByRole('button', { name: '另作补正…' }).click();
  const dialog = inspector.page.getByRole('dialog');
  await dialog.getByLabel('理由').fill('处室退回，补充说明');
  await dialog.getByLabel('更正为').fill('0304 由联络员说明钥匙由外单位保管');
  await dialog.getByRole('button', { name: '记下补正' }).click();
  await expect(papersPage(inspector.page).card('现场检查笔录')).toContainText('已签');

  await house.page.getByRole('button', { name: '通过', exact: true }).click();
  await inspector.goTo('检查');
  await expect(inspectionPage(inspector).row(unit)).toContainText('已审核', { timeout: 20_000 });
});

test('6 an opinion stays a draft until the legal section has signed off the bases', async () => {
  const inspector = story.inspector();
  await inspector.goTo('整改');
  await inspector.page.getByRole('button', { name: '全部' }).click();
  await inspector.page.getByRole('link', { name: unit }).first().click();
  await inspector.page.getByRole('button', { name: '草拟意见书' }).click();
  await expect(inspector.page.getByRole('heading', { name: `${unit} 节能整改意见书` })).toBeVisible();
  await expect(inspector.page.getByLabel('查明的情况')).toHaveValue(/0301（办公），制冷，设定温度24℃，检查时已当场调整为26℃/);
  await inspector.page.getByRole('button', { name: '提交处室审核' }).click();
  await expect(inspector.page.getByRole('alert')).toContainText('法规处还没有签认法律依据清单');
  await pictures(inspector.open, '6-draft');
  await inspector.savesTo(story.folder);
  const docx = await savedFile(inspector.page, inspector.page.getByRole('button', { name: '存为 DOCX' }), 'docx');
  const wording = docxText(docx.bytes);
  for (const words of ['未盖章无效', unit, '0401（办公），制冷，设定温度24.5℃']) expect(wording, words).toContain(words);
  await inspector.page.getByRole('button', { name: '预览送审稿' }).click();
  await inspector.page.getByRole('dialog').locator('canvas').first().waitFor();
  await expect(inspector.page.getByRole('dialog')).toContainText(/标题字体：.*正文字体：/);
  await pictures(inspector.open, '6-preview');
  await inspector.page.getByRole('button', { name: '关闭' }).click();

  const house = story.house();
  await house.signOut();
  await house.enrol(story.office(), codes.get('沈若谷') ?? '');
  await house.goToPath(inspector.path());
  await house.page.getByRole('button', { name: '签认依据清单' }).click();
  await expect(house.page.getByText(/沈若谷 于 .* 签认/)).toBeVisible();
  await expect(inspector.page.getByText(/沈若谷 于 .* 签认/)).toBeVisible({ timeout: 20_000 });
  await inspector.page.getByRole('button', { name: '提交处室审核' }).click();
  await opinionPage(inspector.page).waitsFor('处室审核');
});

test('6 each step of the opinion is the act of another person; the office numbers and seals it', async () => {
  const house = story.house();
  const opinion = opinionPage(house.page);
  const opinionPath = story.inspector().path();
  const next = async (name: string): Promise<void> => {
    await house.signOut();
    if (name === '顾长青') await house.signIn(name);
    else await house.enrol(story.office(), codes.get(name) ?? '');
    await house.goToPath(opinionPath);
  };
  await next('顾长青');
  await opinion.agree('处室审核', '同意');
  await opinion.waitsFor('法规核稿');
  await house.signOut();
  await house.signIn('沈若谷');
  await house.goToPath(opinionPath);
  await opinion.agree('法规核稿');
  await opinion.waitsFor('会签');
  await next('何予安');
  await opinion.agree('会签');
  await opinion.waitsFor('局领导签发');
  await next('陆怀山');
  await opinion.step('局领导签发').getByLabel('成文日期').fill('2026-11-30');
  await pictures(house.open, '6-issue');
  await opinion.step('局领导签发').getByRole('button', { name: '确认签发' }).click();
  await opinion.waitsFor('办公室编号');
  await next('许文静');
  await opinion.done('办公室编号');
  await expect(house.page.getByText('机事整〔2026〕1号').first()).toBeVisible();
  await expect(opinion.step('用印').getByRole('button', { name: '完成本步' })).toBeDisabled();
  await opinion.step('用印').locator('input[type=file]').setInputFiles({ name: '盖章件.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdfOfPages(2)) });
  await opinion.done('用印');
  await opinion.waitsFor('送达');
  await opinion.serve('方晓岚', '办公室主任');
  await opinion.isFinished();
  await opinion.addReceipt({ name: '送达回证.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdfOfPages(1)) });
  await expect(opinion.acts).toHaveCount(8);
  await expect(story.inspector().page.getByText('机事整〔2026〕1号').first()).toBeVisible({ timeout: 20_000 });
});

test('9 one XLSX and one JSON are handed over, and the platform number is kept', async () => {
  const inspector = story.inspector();
  await inspector.goTo('检查');
  await inspectionPage(inspector).row(unit).getByRole('link').click();
  await inspectionPage(inspector).tab('审核');
  const { page } = inspector;
  const json = await savedFile(page, page.getByRole('button', { name: '导出 JSON' }), 'json');
  const handedOver = JSON.parse(json.bytes.toString('utf8')) as { inspection: Record<string, unknown>; rooms: { room: string; setTemperatureC: string; readings: { valueC: string }[] }[] };
  expect(handedOver.inspection).toMatchObject({ institutionName: unit, creditCode: creditCode(1), roomsListed: 8, roomsChecked: 7 });
  expect(handedOver.rooms.find(({ room }) => room === '0301')).toMatchObject({ setTemperatureC: '24', readings: [{ valueC: '25.1' }, { valueC: '25.3' }] });
  const xlsx = await savedFile(page, page.getByRole('button', { name: '导出 XLSX' }), 'xlsx');
  const sheets = await readSheets(xlsx.bytes);
  expect(sheets.map(({ sheet }) => sheet)).toEqual(['检查信息', '房间明细']);
  expect(sheets[1]?.data.find(([room]) => room === '0303')).toContain('信息机房，设备运行需要');
  await page.getByLabel('已录入').click();
  await expect(page.getByText(/记为已录入/)).toBeVisible();
  await page.getByLabel('平台编号').fill('样例平台-2026-000017');
  await inspectionPage(inspector).tab('概况');
  await inspectionPage(inspector).tab('审核');
  await expect(page.getByLabel('平台编号')).toHaveValue('样例平台-2026-000017');
  await inspector.expectSent();
});
