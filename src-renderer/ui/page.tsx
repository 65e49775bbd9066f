import type { ReactNode } from 'react';
import './page.css';

/** A screen's own top: its title, what it is about in a line, and its actions on the right. */
export function PageHeader({ title, about, marks, children }: { readonly title: string; readonly about?: ReactNode; readonly marks?: ReactNode; readonly children?: ReactNode }) {
  return (
    <header className="ui-page-header">
      <div className="ui-page-grow">
        <h1>{title}{marks}</h1>
        {about && <p className="ui-page-about">{about}</p>}
      </div>
      {children && <div className="ui-page-actions">{children}</div>}
    </header>
  );
}

export function Page({ children, className }: { readonly children: ReactNode; readonly className?: string }) {
  return <div className={`ui-page ${className ?? ''}`}>{children}</div>;
}

export function Panel({ title, about, actions, children, className }: { readonly title?: string; readonly about?: ReactNode; readonly actions?: ReactNode; readonly children: ReactNode; readonly className?: string }) {
  return (
    <section className={`ui-panel ${className ?? ''}`} aria-label={title}>
      {(title || actions) && (
        <div className="ui-panel-head">
          {title && <h2>{title}</h2>}
          {actions}
        </div>
      )}
      {about && <p className="ui-page-about">{about}</p>}
      {children}
    </section>
  );
}

/** Nothing here yet: what this place is for, and the next step with one button. */
export function EmptyState({ title, text, children }: { readonly title: string; readonly text?: string; readonly children?: ReactNode }) {
  return (
    <div className="ui-empty">
      <p className="ui-empty-title">{title}</p>
      {text && <p>{text}</p>}
      {children}
    </div>
  );
}

export type TagTone = 'quiet' | 'demo' | 'ok' | 'exceeds' | 'toVerify';

/** A small word beside a name: 样例, 已定稿, 退回. */
export function Tag({ tone = 'quiet', children }: { readonly tone?: TagTone; readonly children: ReactNode }) {
  return <span className={`ui-tag is-${tone}`}>{children}</span>;
}
