import { problem } from '#shared/kit/problem.ts';
import { TextEntry, type TextEntryProps } from './fields.tsx';
import { useProblemText } from './problem-text.ts';

/**
 * Text that goes out with a button. Too long a text is named and stays whole in the field, so that nothing is cut off or sent
 * in part; the button asks `fits`.
 */
export function WholeTextEntry(props: Omit<TextEntryProps, 'problem'>) {
  const { label, value, maxLength } = props;
  const sentence = useProblemText();
  const tooLong = fits(value, maxLength) ? null : sentence(problem('field-too-long', { limit: maxLength, length: value.length }), label);
  return <TextEntry {...props} maxLength={Number.POSITIVE_INFINITY} problem={tooLong} />;
}

export function fits(text: string, maxLength: number): boolean {
  return text.length <= maxLength;
}
