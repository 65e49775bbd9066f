/**
 * 机关代字〔年份〕n号: full year, hexagonal brackets, no padding zeros (docs/sources.md#numbering). `n` counts without gaps
 * per prefix and year; only the server knows the next one.
 */
export function officialNumberText(prefix: string, year: number, n: number): string {
  return `${prefix}〔${year}〕${n}号`;
}
