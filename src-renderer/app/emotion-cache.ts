import createCache, { type EmotionCache } from '@emotion/cache';

/** Style elements carry the nonce of this answer: the policy lets no other in. */
export function styleCache(): EmotionCache {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  const nonce = meta?.nonce;
  return createCache({ key: 'x', prepend: true, ...(nonce ? { nonce } : {}) });
}
