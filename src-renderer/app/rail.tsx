import { useTranslation } from 'react-i18next';
import { useDesk } from '../store/desk-context.tsx';
import { useMyRoles } from '../store/use-names.ts';
import { usePathParts } from '../ui/navigation.ts';
import { sections } from './sections.ts';

/** The parts of the desk. Only what works, and only what this officer may do. */
export function Rail() {
  const { t } = useTranslation('app');
  const roles = useMyRoles(useDesk().session.officerId);
  const [at = 'today'] = usePathParts();
  return (
    <nav className="app-rail" aria-label={t('rail')}>
      <div className="app-rail-mark" aria-hidden="true">{t('short')}</div>
      {sections.filter(({ who }) => who === null || who.some((role) => roles.includes(role))).map(({ path, icon }) => (
        <a key={path} href={`#/${path}`} className={path === 'settings' ? 'app-rail-end' : undefined} aria-current={at === path || (path === 'corrections' && at === 'opinions') ? 'page' : undefined}>
          <svg viewBox="0 0 24 24" aria-hidden="true"><path d={icon} /></svg>
          {t(`sections.${path}`)}
        </a>
      ))}
    </nav>
  );
}
