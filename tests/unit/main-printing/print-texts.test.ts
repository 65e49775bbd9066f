import { describe, expect, test } from 'vitest';
import { ippAnswer, jobRequest } from '../../../src-main/printing/ipp-message.ts';
import { countPages } from '../../../src-main/printing/pdf-page-count.ts';
import { queueTitle } from '../../../src-main/printing/queue-title.ts';
import { pdfOfPages } from '../../helpers/pdf-of-pages.ts';

describe('the pages of a stored PDF', () => {
  test('are counted from its page tree', () => {
    expect(countPages(pdfOfPages(1))).toBe(1);
    expect(countPages(pdfOfPages(250))).toBe(250);
  });

  test('are unknown rather than guessed when the file does not show them', () => {
    const several = Buffer.concat([pdfOfPages(2), Buffer.from('\n9 0 obj\n<< /Type /Pages /Kids [] /Count 7 >>\nendobj\n')]);
    expect(countPages(several)).toBeNull();
    expect(countPages(Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /N 4 >>\nstream\nxx\nendstream'))).toBeNull();
    expect(countPages(Buffer.from('<html>/Type /Pages /Count 3'))).toBeNull();
    expect(countPages(new Uint8Array())).toBeNull();
  });
});

describe('the title in the printer’s queue', () => {
  test('is one line without hidden characters', () => {
    expect(queueTitle(' 笔录\u202Efdp.exe\r\n\u0000第二行\u2028 ')).toBe('笔录 fdp.exe 第二行');
  });

  test('is never empty and never longer than 120 characters', () => {
    expect(queueTitle('\u200b\n')).toBe('xuncha');
    expect([...queueTitle('𠮷'.repeat(300))]).toHaveLength(120);
  });
});

describe('asking a print server after a job', () => {
  test('an answer is read to its end marker', () => {
    const answer = Buffer.from([
      1, 1, 0, 0, 0, 0, 0, 1, 0x02,
      0x23, 0, 9, ...Buffer.from('job-state'), 0, 4, 0, 0, 0, 9,
      0x44, 0, 17, ...Buffer.from('job-state-reasons'), 0, 4, ...Buffer.from('none'),
      0x44, 0, 0, 0, 4, ...Buffer.from('more'), 3,
    ]);
    expect(ippAnswer(answer)).toEqual({ status: 0, attributes: new Map<string, (string | number)[]>([['job-state', [9]], ['job-state-reasons', ['none', 'more']]]) });
  });

  test('an answer that is cut at any byte is no answer', () => {
    const whole = Buffer.from([1, 1, 0, 0, 0, 0, 0, 1, 0x02, 0x23, 0, 9, ...Buffer.from('job-state'), 0, 4, 0, 0, 0, 9, 3]);
    for (let end = 0; end < whole.length; end += 1) expect(ippAnswer(whole.subarray(0, end))).toBeNull();
  });

  test('a request names queue and job', () => {
    const request = Buffer.from(jobRequest('ipp://localhost/printers/Office', 258, ['job-state']));
    expect(request.includes('ipp://localhost/printers/Office')).toBe(true);
    expect(request.includes(Buffer.from([0, 6, ...Buffer.from('job-id'), 0, 4, 0, 0, 1, 2]))).toBe(true);
    expect(request.at(-1)).toBe(3);
  });
});
