import path from 'node:path';

const byEnding: Readonly<Record<string, string>> = {
  mp4: 'video/mp4', m4v: 'video/mp4', mov: 'video/quicktime', webm: 'video/webm', mkv: 'video/x-matroska', avi: 'video/x-msvideo', wmv: 'video/x-ms-wmv', '3gp': 'video/3gpp',
  mts: 'video/mp2t', ts: 'video/mp2t', mpg: 'video/mpeg', mpeg: 'video/mpeg',
  jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', gif: 'image/gif', heic: 'image/heic', pdf: 'application/pdf',
  mp3: 'audio/mpeg', m4a: 'audio/mp4', wav: 'audio/wav',
};

export const videoEndings = Object.keys(byEnding).filter((ending) => byEnding[ending]?.startsWith('video/'));
export const pictureEndings = Object.keys(byEnding).filter((ending) => byEnding[ending]?.startsWith('image/'));

/** What a file says it is by the ending of its name; its bytes are never interpreted. */
export function mediaTypeOf(name: string): string {
  return byEnding[path.extname(name).slice(1).toLowerCase()] ?? 'application/octet-stream';
}

/** A name that the person's machine opens with the right program. */
export function withEnding(name: string, mediaType: string | null): string {
  const ending = Object.keys(byEnding).find((each) => byEnding[each] === mediaType);
  return ending === undefined || path.extname(name) !== '' ? name : `${name}.${ending}`;
}
