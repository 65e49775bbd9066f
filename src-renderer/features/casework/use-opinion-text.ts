import type { OpinionText } from '#shared/domain/casework/case-record.ts';
import { canonicalJson } from '#shared/journal/canonical-json.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useKept } from '../../ui/kept.ts';

/** What was typed over the text that change `base` had set; `sent`: the text that last went to the server from here. */
type Typed = { readonly base: string | null; readonly text: OpinionText; readonly sent: OpinionText | null };

/**
 * The text of a draft as one officer writes it, kept over a look at other screens. What others keep meanwhile takes the place of
 * nothing that was typed here: `isBehind` says that both exist, and a person chooses.
 */
export function useOpinionText(opinion: RecordState) {
  const held = opinion.fields['text'] as unknown as OpinionText;
  const by = opinion.by['text'] ?? null;
  const [typed, setTyped, forget] = useKept<Typed | null>(`opinion/${opinion.recordId}/text`, null);
  const isChanged = typed !== null && !same(typed.text, held);
  // The own text came back from the server, and more was typed since: that is nobody else's.
  const isOwn = typed !== null && typed.sent !== null && same(typed.sent, held);
  const isBehind = isChanged && typed.base !== by && !isOwn;
  const text = isChanged ? typed.text : held;
  const base = isBehind ? typed.base : by;
  return {
    text, base, isChanged, isBehind,
    change: (part: Partial<OpinionText>): void => setTyped({ base, text: { ...text, ...part }, sent: typed?.sent ?? null }),
    sent: (): void => setTyped({ base, text, sent: text }),
    letGo: (): void => {
      setTyped(null);
      forget();
    },
    goOnWithMine: (): void => setTyped(typed && { ...typed, base: by }),
  };
}

function same(one: OpinionText, other: OpinionText): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
