import { useEffect, useState } from 'react';
import { ask } from '../bridge/bridge.ts';

/**
 * A stored original, shown small or large. The bytes come from main by their hash; a record may be here before its
 * photo, which is said and is no error.
 */
export function EvidencePicture(props: { readonly sha256: string; readonly alt: string; readonly onTheWay: string; readonly className?: string }) {
  const { sha256, alt, onTheWay, className } = props;
  const [address, setAddress] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    let url: string | null = null;
    let stopped = false;
    void ask('evidence.read', { sha256 }).then((outcome) => {
      if (stopped) return;
      setMissing(!outcome.ok);
      if (!outcome.ok) return;
      url = URL.createObjectURL(new Blob([outcome.value.bytes.slice()], { type: outcome.value.mediaType }));
      setAddress(url);
    });
    return () => {
      stopped = true;
      if (url) URL.revokeObjectURL(url);
    };
  }, [sha256]);
  if (missing) return <span className={className}>{onTheWay}</span>;
  return address ? <img className={className} src={address} alt={alt} /> : <span className={className} aria-busy="true" />;
}
