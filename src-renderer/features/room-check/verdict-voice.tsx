import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoomRow } from './room-row.ts';
import type { RoomsModel } from './rooms-model.ts';
import { verdictReason } from './verdict-words.ts';

/** After this rest a changed verdict is said: nobody wants to hear every digit. */
const REST_MS = 500;

/** Says a changed verdict to a screen reader; draws nothing that can be seen. */
export function VerdictVoice({ model }: { readonly model: RoomsModel }) {
  const { t } = useTranslation('room-check');
  const [said, setSaid] = useState('');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const stop = model.onVerdict((row: RoomRow) => {
      if (timer) clearTimeout(timer);
      timer = setTimeout(() => setSaid(t('voice', { room: row.room.room, setting: verdictReason(t, row.setting), measured: verdictReason(t, row.measured) })), REST_MS);
    });
    return () => {
      if (timer) clearTimeout(timer);
      stop();
    };
  }, [model, t]);
  return <p className="rooms-voice" role="status" aria-live="polite">{said}</p>;
}
