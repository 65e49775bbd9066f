import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import SignaturePad from 'signature_pad';
import { paperInks } from '../../ui/tokens.ts';

export type Drawing = { png(): Promise<Uint8Array<ArrayBuffer> | null> };

/** A frame to sign in with pen, finger or mouse; always black on white, as it will be kept. */
export function DrawingFrame({ onDrawn }: { readonly onDrawn: (drawing: Drawing | null) => void }) {
  const { t } = useTranslation('documents');
  const canvas = useRef<HTMLCanvasElement | null>(null);
  const pad = useRef<SignaturePad | null>(null);
  useEffect(() => {
    const { current } = canvas;
    if (!current) return undefined;
    const ratio = Math.max(1, window.devicePixelRatio);
    current.width = current.clientWidth * ratio;
    current.height = current.clientHeight * ratio;
    current.getContext('2d')?.scale(ratio, ratio);
    const signing = new SignaturePad(current, { penColor: paperInks.black, backgroundColor: paperInks.white, minWidth: 1, maxWidth: 3 });
    signing.addEventListener('endStroke', () => onDrawn(signing.isEmpty() ? null : { png: () => pngOf(signing, current) }));
    pad.current = signing;
    return () => signing.off();
  }, [onDrawn]);
  const clear = (): void => {
    pad.current?.clear();
    onDrawn(null);
  };
  return (
    <div className="documents-drawing">
      <canvas ref={canvas} aria-label={t('drawHere')} />
      <button type="button" className="ui-small-button" onClick={clear}>{t('clear')}</button>
    </div>
  );
}

async function pngOf(signing: SignaturePad, canvas: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer> | null> {
  if (signing.isEmpty()) return null;
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return blob ? new Uint8Array(await blob.arrayBuffer()) : null;
}
