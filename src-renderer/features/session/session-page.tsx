import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../ui/page.tsx';
import './session.css';

/** The page around everything that happens before a desk is open. */
export function SessionPage({ children, demo, wide }: { readonly children: ReactNode; readonly demo?: boolean; readonly wide?: boolean }) {
  const { t } = useTranslation('session');
  return (
    <main className="session">
      <div className={`session-card ${wide ? 'is-wide' : ''}`}>
        <header>
          <h1 className="session-name">{t('product')} <Tag>{t('trial')}</Tag>{demo && <Tag tone="demo">{t('demo')}</Tag>}</h1>
          <p className="session-about">{t('about')}</p>
        </header>
        {children}
      </div>
    </main>
  );
}
