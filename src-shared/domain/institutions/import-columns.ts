/** Columns of an institution table. */
export const importColumns = [
  { id: 'name', zh: '单位名称', words: ['名称', '机构名称', '单位', '公共机构名称'] },
  { id: 'creditCode', zh: '统一社会信用代码', words: ['信用代码', '社会信用代码', '机构代码'] },
  { id: 'creditCodeMissingReason', zh: '无代码原因', words: ['无信用代码原因', '缺代码原因'] },
  { id: 'level', zh: '层级', words: ['级别', '机构级别', '行政级别'] },
  { id: 'authority', zh: '机关事务管理部门', words: ['主管机关事务部门', '机关事务部门', '管理机关事务工作的机构'] },
  { id: 'buildingKind', zh: '建筑类型', words: ['建筑性质', '建筑类别'] },
  { id: 'usingUnit', zh: '使用单位', words: ['建筑使用单位'] },
  { id: 'managingUnit', zh: '管理单位', words: ['物业管理单位', '建筑管理单位', '物业'] },
  { id: 'address', zh: '地址', words: ['单位地址', '详细地址', '办公地址'] },
  { id: 'liaisonName', zh: '节能联络员', words: ['联络员', '联系人'] },
  { id: 'liaisonTelephone', zh: '联络电话', words: ['联络员电话', '联系电话', '电话', '手机'] },
] as const;

export type ImportColumn = (typeof importColumns)[number]['id'];

/** Where the columns are: index of a cell by column; headers that name nothing of ours are listed. */
export type ImportHeader = { readonly at: ReadonlyMap<ImportColumn, number>; readonly ignored: readonly string[]; readonly twice: readonly string[] };

export function readImportHeader(cells: readonly string[]): ImportHeader {
  const at = new Map<ImportColumn, number>();
  const ignored: string[] = [];
  const twice: string[] = [];
  for (const [index, cell] of cells.entries()) {
    const word = cell.normalize('NFKC').replaceAll(/[\s*]/g, '').replace(/[(].*$/, '');
    if (word === '') continue;
    const column = importColumns.find((each) => each.zh === word || each.words.some((other) => other === word));
    if (!column) ignored.push(cell.trim().slice(0, 40));
    else if (at.has(column.id)) twice.push(cell.trim().slice(0, 40));
    else at.set(column.id, index);
  }
  return { at, ignored, twice };
}

/** First line of an empty table to fill in. */
export const importTemplateHeader: readonly string[] = importColumns.map((each) => each.zh);
