import * as z from 'zod';

/** What a hint says: there is something new at feed position `cursor`. Only a hint: nothing is believed of it. */
export type ServerEvent = { readonly kind: 'open' } | { readonly kind: 'news'; readonly cursor: number };

const News = z.object({ cursor: z.number().int().min(0) });
/** A block longer than this is not one of ours. */
const maxPending = 64 * 1024;

/**
 * Reads server-sent events out of text that arrives in any pieces. Comments count as signs of life (`open`); unknown
 * events and unreadable data are passed over.
 */
export function newsReader(onEvent: (event: ServerEvent) => void): (text: string) => void {
  let pending = '';
  return (text) => {
    // Joined first: a line end may come in two pieces.
    pending = (pending + text).replaceAll('\r\n', '\n');
    let end = pending.indexOf('\n\n');
    while (end >= 0) {
      const event = eventOf(pending.slice(0, end));
      pending = pending.slice(end + 2);
      onEvent(event);
      end = pending.indexOf('\n\n');
    }
    if (pending.length > maxPending) pending = '';
  };
}

function eventOf(block: string): ServerEvent {
  const lines = block.split('\n');
  const isNews = lines.some((line) => /^event: ?news$/.test(line));
  const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trim()).join('\n');
  if (!isNews) return { kind: 'open' };
  try {
    const news = News.safeParse(JSON.parse(data));
    return news.success ? { kind: 'news', cursor: news.data.cursor } : { kind: 'open' };
  } catch {
    return { kind: 'open' };
  }
}
