import { innerCheckDigit, outerCheckDigit } from '../../../src-shared/domain/institutions/credit-code.ts';

const header = ['单位名称', '统一社会信用代码', '无代码原因', '层级', '机关事务管理部门', '建筑类型', '地址', '节能联络员', '联络电话'];

export type TableRow = Readonly<{ name: string; code?: string; noCode?: string; level?: string; authority?: string; building?: string; address?: string; liaison?: string; telephone?: string }>;

/** A right code in an area that no province has. */
export function creditCode(serial: number): string {
  const first16 = `11990100${String(88000000 + serial * 137)}`;
  const first17 = first16 + innerCheckDigit(first16);
  return first17 + outerCheckDigit(first17);
}

/** A list of units as somebody's Excel would write it: CRLF, header first. */
export function institutionTable(rows: readonly TableRow[]): string {
  const lines = rows.map((row) => [
    row.name, row.code ?? '', row.noCode ?? '', row.level ?? '市级', row.authority ?? '', row.building ?? '国家机关办公建筑', row.address ?? '', row.liaison ?? '', row.telephone ?? '',
  ]);
  return [header, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** Text in GB18030, the encoding in which Excel in China saves a CSV. Two-byte characters only, which all of ours are. */
export function gb18030(text: string): Uint8Array {
  const decoder = new TextDecoder('gb18030');
  const bytesOf = new Map<string, readonly [number, number]>();
  for (let high = 0x81; high <= 0xfe; high += 1) {
    for (let low = 0x40; low <= 0xfe; low += 1) if (low !== 0x7f) bytesOf.set(decoder.decode(new Uint8Array([high, low])), [high, low]);
  }
  return Uint8Array.from([...text].flatMap((character) => {
    const code = character.codePointAt(0) ?? 0;
    const bytes = code < 0x80 ? [code] : bytesOf.get(character);
    if (!bytes) throw new Error(`${character} has no two bytes in GB18030`);
    return bytes;
  }));
}
