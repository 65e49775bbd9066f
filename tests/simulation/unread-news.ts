import { newsHub, type News } from '../../src-server/sync/news.ts';

/** The server's own hub, which also tells the simulation what was told. */
export function unreadNews(onTold: (cursor: number) => void): News {
  const hub = newsHub();
  return {
    ...hub,
    tell(officeId, cursor) {
      onTold(cursor);
      return hub.tell(officeId, cursor);
    },
  };
}
