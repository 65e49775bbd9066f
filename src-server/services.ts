import type { FastifyBaseLogger } from 'fastify';
import type { ServerKey } from './keys.ts';
import type { Chain } from './store/chains.ts';
import type { Office } from './store/offices.ts';
import type { Store } from './store/sql.ts';
import type { News } from './sync/news.ts';
import type { Rules } from './sync/rules.ts';
import type { Settings } from './start/settings.ts';
import type { Role } from '#shared/domain/people/people.ts';

/** Structured lines on standard error. Never the content of a patch, never a token or a code. */
export type Log = Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>;

/** What every part of the running server works with; made once by the composition root. */
export type Services = {
  readonly store: Store;
  readonly news: News;
  readonly log: Log;
  readonly settings: Settings;
  /** By which laptops' changes are judged; those of this program unless given. */
  readonly rules?: Rules;
  /** Folder of the originals. */
  readonly evidenceDir: string;
  /** The server's own key, made with the first office. */
  readonly key: () => ServerKey;
  /** ms since 1970, and ms since this process began with the id of that beginning. */
  readonly now: () => number;
  readonly mono: () => number;
  readonly bootId: string;
};

/** Whoever has a session: a person at a laptop. Roles are those of this moment, not of the sign-in. */
export type Caller = {
  readonly chain: Chain;
  readonly office: Office;
  readonly officer: { readonly officerId: string; readonly name: string; readonly organId: string | null; readonly roles: readonly Role[] };
};
