import { useTranslation } from 'react-i18next';
import type { FaceSetIn, PdfResult } from '../../pdf/pdf-calls.ts';

/** Characters that are named one by one; more than these say that the typeface is of another alphabet. */
const mostNamed = 30;

/** Which typefaces a paper of the organ is set in on this laptop, and the characters that none of them has. */
export function SetInLine({ made: { setIn, missingGlyphs } }: { readonly made: Pick<PdfResult, 'setIn' | 'missingGlyphs'> }) {
  const { t } = useTranslation('casework');
  const words = (part: 'title' | 'body', face: FaceSetIn): string => {
    if (face.kind === 'system') return t(`setIn.${part}.system`, { family: face.family });
    return face.why === 'absent' ? t(`setIn.${part}.absent`) : t(`setIn.${part}.${face.why}`, { family: face.family });
  };
  return (
    <div className="casework-set-in">
      {setIn && (
        <p className="casework-hint">
          {words('title', setIn.title)} {words('body', setIn.body)} {setIn.borrowed.length > 0 && t('setIn.borrowed', { characters: named(setIn.borrowed) })}
        </p>
      )}
      {missingGlyphs.length > 0 && <p className="ui-warning" role="alert">{t('setIn.missing', { characters: missingGlyphs.join(' ') })}</p>}
    </div>
  );
}

function named(characters: readonly string[]): string {
  return `${characters.slice(0, mostNamed).join(' ')}${characters.length > mostNamed ? ' …' : ''}`;
}
