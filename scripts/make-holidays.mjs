// node scripts/make-holidays.mjs: writes assets/holidays.json from the npm package chinese-days (a development dependency).
// Run it after the State Council's yearly notice, once the package has it; then raise `lastYear`.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const firstYear = 2007;
const lastYear = 2026;

const packageFolder = path.join(root, 'node_modules/chinese-days');
const { version } = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8'));
const bytes = readFileSync(path.join(packageFolder, 'dist/chinese-days.json'));
/** @type {{ holidays: Record<string, string>, workdays: Record<string, string> }} */
const source = JSON.parse(bytes.toString('utf8'));

/** @type {Record<string, { rest: string[], work: string[] }>} */
const years = {};
for (let year = firstYear; year <= lastYear; year += 1) {
  const rest = datesOf(source.holidays, year);
  const work = datesOf(source.workdays, year);
  if (rest.length < 7) throw new Error(`chinese-days ${version} has no holidays of ${year}`);
  years[String(year)] = { rest, work };
}

const asset = {
  about: 'Rest days and swapped working weekends by the State Council\'s yearly notices, as MM-DD. Every other Saturday and Sunday is a rest day, every other weekday a working day. Made by scripts/make-holidays.mjs.',
  source: `npm chinese-days ${version} (MIT), dist/chinese-days.json`,
  sourceSha256: createHash('sha256').update(bytes).digest('hex'),
  comparedWith: 'github NateScarlet/holiday-cn d4e53bf2 (2026-08-07): no day differs from 2007-01-01 to 2026-12-31; its 2027 is empty.',
  firstYear,
  lastYear,
  years,
};
writeFileSync(path.join(root, 'assets/holidays.json'), `${JSON.stringify(asset, null, 1).replaceAll(/\[\s+([^\]]*?)\s+\]/g, (_, list) => `[${list.replaceAll(/\s+/g, ' ')}]`)}\n`);

/**
 * @param {Record<string, string>} days
 * @param {number} year
 */
function datesOf(days, year) {
  return Object.keys(days)
    .filter((date) => date.startsWith(`${year}-`))
    .map((date) => date.slice(5))
    .toSorted();
}
