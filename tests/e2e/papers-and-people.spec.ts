import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import writeExcel from 'write-excel-file/node';
import { demoPeople, demoOrgans } from '../../src-shared/domain/demo/demo-people.ts';
import { cuttingLine } from '../integration/sync/cutting-line.ts';
import { pdfOfPages } from '../helpers/pdf-of-pages.ts';
import { casePage, opinionPage } from './helpers/case-page.ts';
import { changeTo, demoDesk } from './helpers/demo-desk.ts';
import { deskAt, savedFile, type Desk } from './helpers/desk.ts';
import { expect, test } from './helpers/fixtures.ts';
import { inspectionPage } from './helpers/inspection-page.ts';
import { creditCode } from './helpers/institution-tables.ts';
import { launchApp } from './helpers/launch.ts';
import { institutionsPage, peoplePage } from './helpers/office-pages.ts';
import { startOffice, type Office } from './helpers/office.ts';
import { docxText, papersPage, runningText, signaturesInJournal } from './helpers/papers-page.ts';
import { people } from './helpers/people.ts';
import { photoOf, pictures } from './helpers/pictures.ts';
import { roomsPage } from './helpers/rooms-page.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test.describe('a district’s unit, from the list of units to the letter to its bureau', () => {
  // One window in which the demo's people sit down one after the other; the tests follow each other.
  test.describe.configure({ mode: 'serial' });

  const unit = '示例市东示区档案馆';
  const districtBureau = '示例市东示区机关事务管理局';
  const folder = mkdtempSync(path.join(tmpdir(), 'xuncha-papers-'));
  let office: Office;
  let desk: Desk;
  let inspectionPath = '';
  let casePath = '';
  let opinionPath = '';
  let letterPath = '';

  test.beforeAll(async () => {
    office = await startOffice({ dataDir: path.join(folder, 'office'), demo: true });
    desk = await demoDesk(launchApp({ profileDir: path.join(folder, 'desk'), demoServer: office.url }));
    await desk.savesTo(folder);
  });
  test.afterAll(async () => {
    await desk?.open.kill();
    await office?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  });

  test('a workbook with bad cells names each by line and column; only its good rows go in, the bad ones into a file', async () => {
    const page = institutionsPage(desk.page);
    const header = ['单位名称', '统一社会信用代码', '无代码原因', '层级', '机关事务管理部门', '建筑类型', '节能联络员', '联络电话'];
    const cells = (...texts: readonly string[]) => texts.map((value) => ({ value, type: String }));
    // Line 3 is empty, as in many a real list; in line 5 Excel took the code for a number.
    const sheet = [
      cells(...header),
      cells(unit, creditCode(21), '', '市级', '', '国家机关办公建筑', '严清和', '0571-0000-2001'),
      cells(...header.map(() => '')),
      cells('示例市东示区林业局', creditCode(22), '', '区县', '', '国家机关办公建筑', '', ''),
      [...cells('示例市气象局'), { value: Number('119901008800328812'), type: Number }, ...cells('', '市级', '', '写字楼', '', '')],
      cells('示例市体育局', '', '机构改革后新代码尚未发放', '市级', '', '其他公共建筑', '', ''),
    ];
    const bytes = await writeExcel(sheet as never).toBuffer();
    await desk.goTo('单位');
    await desk.page.getByRole('button', { name: '导入' }).first().click();
    await page.chooseTable('区县名录.xlsx', new Uint8Array(bytes));
    await expect(desk.page.getByText('2 行可以导入，2 行有问题。')).toBeVisible();
    await expect(page.badRow(4).filter({ hasText: '机关事务管理部门' })).toContainText('还缺');
    await expect(page.badRow(5).filter({ hasText: '统一社会信用代码' })).toContainText('已被表格软件当作数字');
    await expect(page.badRow(5).filter({ hasText: '建筑类型' })).toContainText('“写字楼”不在可选项里');
    await expect(page.importAll).toBeDisabled();
    await pictures(desk.open, 'papers-import-xlsx');
    await page.importGood.click();
    await expect(desk.page.getByRole('heading', { name: '已导入 2 个单位' })).toBeVisible();
    const bad = readFileSync(path.join(folder, '区县名录-有问题的行.csv'), 'utf8').trim().split('\r\n');
    expect(bad).toHaveLength(3);
    expect(bad[1]).toMatch(/^示例市东示区林业局,.*,4,.*机关事务管理部门/);
    expect(bad[2]).toMatch(/^示例市气象局,.*写字楼.*,5,.*已被表格软件当作数字/);
    await desk.goTo('单位');
    await expect(page.row(unit)).toContainText(creditCode(21));
    await expect(page.row('示例市体育局')).toBeVisible();
    await expect(page.row('示例市东示区林业局')).toHaveCount(0);
    await expect(page.row('示例市气象局')).toHaveCount(0);
  });

  test('a blank form is saved to be written on by hand, and what was written is entered as 据纸质补录 with its scan', async () => {
    const page = inspectionPage(desk);
    await page.begin('东示区档案馆', '示机管〔2026〕31号');
    inspectionPath = desk.path();
    await page.tab('文书');
    await desk.page.getByRole('button', { name: '生成空白表' }).click();
    const papers = papersPage(desk.page);
    await papers.show('空白纸质表');
    const blank = await papers.savedText('空白纸质表');
    for (const label of ['空调温度现场检查记录表', unit, '出示证件时间', '是否申请回避']) expect(runningText(blank), label).toContain(label);
    await pictures(desk.open, 'papers-blank-form');

    await page.tab('概况');
    const scan = await photoOf(desk.page, '纸质表.jpg');
    const fromPaper = page.panel('据纸质补录');
    await fromPaper.locator('input[type=file]').setInputFiles(scan);
    await expect(fromPaper).toContainText(`已存原件 ${sha256(scan.buffer).slice(0, 12)}`);
    await expect(fromPaper.getByRole('img', { name: '纸质原件扫描件' })).toBeVisible();
    await fromPaper.getByLabel('补录说明').fill('电脑没电，当日返回后补录');
    await page.jointOrgan(demoOrgans.energyCentre.name);
    await page.officers('何予安');
    await page.place({ name: '严清和', post: '节能联络员', telephone: '0571-0000-2001' }, '36.4');
    await page.conduct('2026-12-20');
    await page.sampling('40', '按楼层', '林知夏');
    await page.instrument({ name: '数字温度计', number: '样例T-017', certificateNo: '样例校准2026-0417', validUntil: '2027-04-16', errorC: '0.3' });
    await page.tab('房间');
    const rooms = roomsPage(desk);
    await rooms.selectNewRow();
    await rooms.paste([
      ['房号', '楼层', '结果', '用途', '面积', '空调', '控制', '工况', '设定温度', '读取', '实测1', '门窗', '有人'],
      ['0201', '2', '已检', '办公', '24', '分体', '房间可控', '制冷', '23', '面板', '24.8', '关', '有'],
      ['0202', '2', '已检', '办公', '18', '分体', '房间可控', '制冷', '26', '面板', '26.3', '关', '有'],
    ].map((cells) => cells.join('\t')).join('\r\n'));
    await expect(rooms.status).toContainText('2/2 间');
    await desk.expectSaved();

    await page.tab('文书');
    await papers.conclude(['设定23℃的1间（0201）']);
    await expect(papers.card('现场检查情况反馈单')).toContainText('已生成');
    await papers.show('现场检查笔录');
    const record = runningText(await papers.savedText('现场检查笔录'));
    expect(record).toContain(`据现场填写的纸质记录补录，纸质记录扫描件SHA-256：${sha256(scan.buffer)}`);
    expect(record).toContain('电脑没电，当日返回后补录');
  });

  test('a paper is signed by drawing on the screen only where the office allows it', async () => {
    const papers = papersPage(desk.page);
    await papers.show('现场检查笔录');
    await expect(desk.page.getByRole('button', { name: '回传签名件…' })).toBeVisible();
    await expect(papers.drawing, 'nobody allowed it').toHaveCount(0);
    await desk.expectSent();

    await changeTo(desk, demoPeople.administrator);
    await desk.goTo('人员');
    await peoplePage(desk.page).allowDrawing(demoOrgans.bureau.name);
    await changeTo(desk, demoPeople.inspector);
    await desk.goToPath(inspectionPath.replace(/setup$/, 'papers'));
    await papers.show('现场检查笔录');
    const { bytes } = await savedFile(desk.page, papers.viewer('现场检查笔录').getByRole('button', { name: '存到文件夹…' }), 'pdf');
    const { bind } = await papers.draw();
    await pictures(desk.open, 'papers-drawn');
    await bind();
    await expect(papers.signed(/被检查单位 严清和 · 屏幕手写/)).toHaveCount(1);
    await expect(papers.card('现场检查笔录')).toContainText('已签');
    expect(await signaturesInJournal(desk.page)).toMatchObject([{ way: 'drawn', name: '严清和', pdfSha256: sha256(bytes) }]);
  });

  test('a paper stamped by the unit comes back as a photo that is bound to the hash of its PDF', async () => {
    const papers = papersPage(desk.page);
    await papers.show('房间明细表');
    const { bytes } = await savedFile(desk.page, papers.viewer('房间明细表').getByRole('button', { name: '存到文件夹…' }), 'pdf');
    const photo = await photoOf(desk.page, '盖章页.jpg');
    await papers.stamp(photo);
    await expect(papers.signed(/被检查单位 严清和 · 盖章件/)).toHaveCount(1);
    await expect(papers.card('房间明细表')).toContainText('已签');
    const stamped = (await signaturesInJournal(desk.page)).filter(({ way }) => way === 'stamped');
    expect(stamped).toMatchObject([{ pdfSha256: sha256(bytes), evidence: { sha256: sha256(photo.buffer) } }]);
  });

  test('refusing to sign and refusing to receive are two things, each with its own reason', async () => {
    const papers = papersPage(desk.page);
    await papers.show('现场检查情况反馈单');
    await papers.refuseToSign('须经本单位负责人同意');
    await expect(papers.card('现场检查情况反馈单')).toContainText('拒绝签名');
    await papers.refuseToReceive('称反馈单应由办公室收文，不留下');
    await expect(papers.card('现场检查情况反馈单')).toContainText('拒绝接收');
    const refusals = desk.page.getByRole('region', { name: '签名', exact: true });
    await expect(refusals).toContainText('拒绝签名：须经本单位负责人同意');
    await expect(refusals).toContainText('拒绝接收：称反馈单应由办公室收文，不留下');
    await pictures(desk.open, 'papers-refused');
    await expect(papers.card('现场检查笔录'), 'another paper of the same inspection').toContainText('已签');
    await desk.expectSaved();
  });

  test('an 意见书 begun while the list called the unit municipal is refused once the list is right: only a 反馈函 remains', async () => {
    const cases = casePage(desk.page);
    await desk.goTo('整改');
    await cases.open(unit);
    await expect(cases.finding('0201')).toContainText('待反馈');
    casePath = desk.path();
    await desk.expectSent();
    await desk.page.getByRole('button', { name: '草拟意见书' }).click();
    await expect(desk.page.getByRole('heading', { name: `${unit} 节能整改意见书` })).toBeVisible();
    opinionPath = desk.path();

    await desk.goTo('单位');
    await institutionsPage(desk.page).row(unit).getByRole('link').click();
    await desk.page.getByLabel('层级').selectOption('区县');
    await desk.page.getByLabel('主管机关事务部门').fill(districtBureau);
    await expect(desk.page.getByText('不能向它发节能整改意见书')).toBeVisible();
    await desk.expectSent();

    await desk.goToPath(opinionPath);
    await desk.page.getByRole('button', { name: '提交处室审核' }).click();
    await expect(desk.page.getByRole('alert')).toContainText('这是区县的单位，不属本级管辖，没有生成意见书；可以致函该区县机关事务管理部门');
    await opinionPage(desk.page).waitsFor('草拟');
    await pictures(desk.open, 'papers-opinion-refused');

    await desk.goToPath(casePath);
    await expect(desk.page.getByText('区县单位不属本级管辖，只能致函该区县机关事务管理部门')).toBeVisible();
    await expect(desk.page.getByRole('button', { name: '草拟意见书' })).toHaveCount(0);
    await desk.page.getByRole('button', { name: '草拟反馈函' }).click();
    await expect(desk.page.getByRole('heading', { name: `${unit} 情况反馈函` })).toBeVisible();
    letterPath = desk.path();
    await expect(desk.page.getByLabel('查明的情况')).toHaveValue(/0201（办公），制冷，设定温度23℃/);
    await expect(desk.page.getByLabel('函告事项')).toHaveValue(/函告你局/);
    await expect(desk.page.getByText('整改意见', { exact: true }), 'a letter has no opinion on the unit').toHaveCount(0);
    const docx = docxText((await savedFile(desk.page, desk.page.getByRole('button', { name: '存为 DOCX' }), 'docx')).bytes);
    for (const words of ['未盖章无效', `关于${unit}空调使用情况现场检查有关情况的函`, districtBureau, '函复我局']) expect(docx, words).toContain(words);
    expect(docx).not.toMatch(/意见书|责令|限期|第三十七条/);
  });

  test('the letter goes through the house without a joint organ, is numbered, sealed and served on the district’s bureau', async () => {
    const letter = opinionPage(desk.page);
    const sitsDown = async (person: (typeof demoPeople)[keyof typeof demoPeople]): Promise<void> => {
      await changeTo(desk, person);
      await desk.goToPath(letterPath);
      await desk.page.getByRole('heading', { name: `${unit} 情况反馈函` }).waitFor();
    };
    await sitsDown(demoPeople.legalSection);
    await desk.page.getByRole('button', { name: '签认依据清单' }).click();
    await expect(desk.page.getByText(/沈若谷 于 .* 签认/)).toBeVisible();
    await sitsDown(demoPeople.inspector);
    await desk.page.getByRole('button', { name: '提交处室审核' }).click();
    await letter.waitsFor('处室审核');
    await sitsDown(demoPeople.sectionHead);
    await letter.agree('处室审核', '同意发函');
    await letter.waitsFor('法规核稿');
    await sitsDown(demoPeople.legalSection);
    await letter.agree('法规核稿');
    await letter.waitsFor('局领导签发');
    await sitsDown(demoPeople.leader);
    await letter.step('局领导签发').getByLabel('成文日期').fill('2026-11-30');
    await letter.step('局领导签发').getByRole('button', { name: '确认签发' }).click();
    await letter.waitsFor('办公室编号');
    await sitsDown(demoPeople.office);
    await letter.done('办公室编号');
    await letter.waitsFor('用印');
    await letter.step('用印').locator('input[type=file]').setInputFiles({ name: '盖章件.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdfOfPages(1)) });
    await letter.done('用印');
    await letter.waitsFor('送达');
    await expect(letter.step('送达').getByLabel('受送达单位')).toHaveValue(districtBureau);
    await letter.exchangeDocuments('伍思源', '收文员', '东示区收文〔2026〕118号');
    await letter.isFinished();
    await expect(desk.page.getByRole('region', { name: '送达情况' })).toContainText(districtBureau);
    await expect(desk.page.getByText('会签', { exact: true }), 'nobody countersigned, and nothing says so').toHaveCount(0);
    await pictures(desk.open, 'papers-district-letter');
    await desk.goToPath(casePath);
    await expect(desk.page.getByRole('link', { name: /^反馈函 .+〔2026〕\d+号$/ }), 'among the papers and in the history').toHaveCount(2);
    await expect(desk.page.getByRole('link', { name: '节能整改意见书 签发后由办公室编号' })).toBeVisible();
    await pictures(desk.open, 'papers-district-case');
  });
});

test('a laptop that an administrator retires is closed out with the reason at its next contact, and keeps what it had not sent', async ({ launch, openOffice }) => {
  const office = await openOffice();
  const line = await cuttingLine(office.url);
  try {
    const [administrator, field] = (await Promise.all([launch(), launch()])).map(deskAt) as [Desk, Desk];
    await administrator.enrolFirst(office);
    await administrator.goTo('人员');
    const page = peoplePage(administrator.page);
    await page.add(people.inspector);
    await field.enrol(line, await page.codeFor('林知夏'));
    await field.expectSent();
    await line.unplug();
    await inspectorAddsUnit(field, '示例市农业局');
    await expect(field.truth).toContainText(/待同步 \d+/);

    await administrator.page.getByRole('button', { name: '刷新' }).click();
    await page.laptop('林知夏').getByRole('button', { name: '停用' }).click();
    const dialog = administrator.page.getByRole('dialog', { name: /^停用 林知夏/ });
    await expect(dialog).toContainText('停用不能撤销');
    await expect(dialog.getByRole('button', { name: '停用', exact: true })).toBeDisabled();
    await dialog.getByLabel('停用原因').fill('电脑遗失');
    await pictures(administrator.open, 'people-retire');
    await dialog.getByRole('button', { name: '停用', exact: true }).click();
    await expect(page.laptop('林知夏')).toContainText('已停用');
    await expect(field.truth, 'it does not know yet').toContainText('离线');

    await line.plugIn();
    await expect(field.page.getByRole('alert')).toContainText('本机已被系统管理员停用，不再收发；已有记录仍在本机，请联系系统管理员', { timeout: 30_000 });
    await expect(field.page.getByRole('button', { name: '登录', exact: true })).toBeVisible();
    await pictures(field.open, 'people-retired');
    await administrator.goTo('单位');
    await expect(administrator.page.getByText('还没有单位')).toBeVisible();

    await line.unplug();
    await field.signIn('林知夏');
    await field.goTo('单位');
    await expect(institutionsPage(field.page).row('示例市农业局')).toBeVisible();
    await expect(field.truth).toContainText(/待同步 \d+/);
  } finally {
    await line.stop();
  }
});

async function inspectorAddsUnit(desk: Desk, name: string): Promise<void> {
  await desk.goTo('单位');
  await desk.page.getByRole('button', { name: '新建单位' }).first().click();
  const dialog = desk.page.getByRole('dialog');
  await dialog.getByLabel('单位名称').fill(name);
  await dialog.getByLabel('无信用代码的原因').fill('新组建，尚未赋码');
  await dialog.getByRole('button', { name: '建立' }).click();
  await desk.page.getByRole('heading', { name }).waitFor();
  await desk.expectSaved();
}
