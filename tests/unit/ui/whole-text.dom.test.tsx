import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { ConfirmDialog } from '../../../src-renderer/ui/confirm-dialog.tsx';
import { TextEntry } from '../../../src-renderer/ui/fields.tsx';
import { forgetKept, useKept } from '../../../src-renderer/ui/kept.ts';
import { fits, WholeTextEntry } from '../../../src-renderer/ui/whole-text-entry.tsx';
import { acting, click, eventually, field, pageText, render, type, unmountAll } from '../shell/render.tsx';

afterEach(async () => {
  await unmountAll();
  forgetKept();
});

function Comment({ onSend }: { readonly onSend: (comment: string) => void }) {
  const [comment, setComment] = useKept('review/a', '');
  return (
    <>
      <WholeTextEntry label="意见" value={comment} maxLength={10} onValue={setComment} />
      <button type="button" disabled={!fits(comment, 10)} onClick={() => onSend(comment)}>退回</button>
    </>
  );
}

test('a comment that is too long is named, stays whole, and is not sent in part', async () => {
  const sent: string[] = [];
  await render(<Comment onSend={(comment) => sent.push(comment)} />);
  await type('意见', '请补充联络员说明，并附钥匙保管单位的书面材料');
  expect(pageText()).toContain('意见最多 10 个字，现在有 22 个，没有保存；文字还在输入框里，请缩短。');
  await click('退回');
  expect(sent).toEqual([]);
  expect(field('意见').value).toBe('请补充联络员说明，并附钥匙保管单位的书面材料');
  await type('意见', '请补充说明');
  await click('退回');
  expect(sent).toEqual(['请补充说明']);
});

test('a comment begun is still there after a look at another screen, and gone for the next officer', async () => {
  await render(<Comment onSend={() => undefined} />);
  await type('意见', '写到一半');
  await unmountAll();
  await render(<Comment onSend={() => undefined} />);
  expect(field('意见').value).toBe('写到一半');
  await unmountAll();
  forgetKept();
  await render(<Comment onSend={() => undefined} />);
  expect(field('意见').value).toBe('');
});

function Refusal({ onRecord }: { readonly onRecord: (reason: string) => void }) {
  const [reason, setReason] = useState('');
  const record = (): boolean => {
    onRecord(reason);
    return true;
  };
  return <ConfirmDialog title="拒绝签名" confirm="记录" disabled={reason === ''} onConfirm={record} onClose={() => undefined}><TextEntry label="理由" value={reason} maxLength={10} onValue={setReason} /></ConfirmDialog>;
}

test('a dialog does nothing while one of its fields can not be stored', async () => {
  const recorded: string[] = [];
  await render(<Refusal onRecord={(reason) => recorded.push(reason)} />);
  await type('理由', '要请示');
  await type('理由', '要请示局长以后才能答复是否签名');
  await click('记录');
  await acting(() => new Promise((resolve) => setTimeout(resolve, 20)));
  expect(recorded, 'not what was typed before the text grew too long').toEqual([]);
  await type('理由', '要请示局长');
  await click('记录');
  await eventually(() => expect(recorded).toEqual(['要请示局长']));
});
