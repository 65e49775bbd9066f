import type { VerdictKind } from '#shared/domain/room-check/verdict.ts';
import './verdict-mark.css';

/** A shape for each verdict, so that colour is never the only carrier: on screen, for the colour-blind, in black and white. */
export const verdictShapes: Readonly<Record<VerdictKind, string>> = {
  ok: '●', exceeds: '▲', 'to-verify': '◆', 'not-applicable': '○', undetermined: '·',
};

/** A verdict as shape, colour and word. `text` is the word; '' leaves the shape alone (give the word elsewhere then). */
export function VerdictMark({ verdict, text }: { readonly verdict: VerdictKind; readonly text: string }) {
  return (
    <span className="verdict-mark" data-verdict={verdict}>
      <span className="verdict-mark-shape" aria-hidden="true">{verdictShapes[verdict]}</span>
      {text === '' ? null : <span className="verdict-mark-word">{text}</span>}
    </span>
  );
}
