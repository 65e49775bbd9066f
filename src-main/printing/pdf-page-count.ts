/**
 * Pages of a PDF, from the root of its page tree when that stands in clear, as in every PDF of our own; null when the file
 * keeps its objects packed or has several roots (a scan that was edited), because a guess would be printed on a receipt.
 */
export function countPages(pdf: Uint8Array): number | null {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1');
  if (!text.startsWith('%PDF-')) return null;
  const roots = [...text.matchAll(/<<((?:(?!<<|>>)[\s\S])*?\/Type\s*\/Pages\b(?:(?!<<|>>)[\s\S])*?)>>/g)]
    .map((match) => match[1] ?? '')
    .filter((dictionary) => !/\/Parent\b/.test(dictionary));
  const count = roots.length === 1 ? /\/Count\s+(\d{1,6})\b/.exec(roots[0] ?? '')?.[1] : undefined;
  return count === undefined ? null : Number(count);
}
