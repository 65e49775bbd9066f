import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecord } from '../store/desk-context.tsx';
import { LockCheckProvider } from '../store/lock-check-context.tsx';
import { Tag } from '../ui/page.tsx';
import { LockCheckLine } from './lock-check-line.tsx';

const SetupScreen = lazy(async () => ({ default: (await import('../features/inspection/setup-screen.tsx')).SetupScreen }));
const RoomsScreen = lazy(async () => ({ default: (await import('../features/room-check/rooms-screen.tsx')).RoomsScreen }));
const WalkScreen = lazy(async () => ({ default: (await import('../features/room-check/walk-screen.tsx')).WalkScreen }));
const PapersScreen = lazy(async () => ({ default: (await import('../features/documents/papers-screen.tsx')).PapersScreen }));
const ReviewPanel = lazy(async () => ({ default: (await import('../features/review/review-panel.tsx')).ReviewPanel }));

const tabs = ['setup', 'rooms', 'walk', 'papers', 'review'] as const;
type Tab = (typeof tabs)[number];

/** One inspection: its tabs, each a feature of its own, and what marks it. */
export function InspectionWorkspace({ inspectionId, tab }: { readonly inspectionId: string; readonly tab: string }) {
  const { t } = useTranslation('app');
  const shown = tabs.find((name) => name === tab) ?? 'setup';
  return (
    <LockCheckProvider inspectionId={inspectionId}>
      <div className="app-workspace">
        <nav className="app-tabs" aria-label={t('sections.inspections')}>
          {tabs.map((name) => <a key={name} href={`#/inspections/${inspectionId}/${name}`} aria-current={shown === name ? 'page' : undefined}>{t(`tabs.${name}`)}</a>)}
          <Marks inspectionId={inspectionId} />
        </nav>
        <LockCheckLine />
        <div className={`app-workspace-body ${shown === 'setup' || shown === 'review' ? '' : 'is-filled'}`}>
          <Suspense fallback={<div aria-busy="true" />}>{contentOf(shown, inspectionId)}</Suspense>
        </div>
      </div>
    </LockCheckProvider>
  );
}

function contentOf(tab: Tab, inspectionId: string): ReactNode {
  switch (tab) {
    case 'setup': return <SetupScreen inspectionId={inspectionId} />;
    case 'rooms': return <RoomsScreen inspectionId={inspectionId} />;
    case 'walk': return <WalkScreen inspectionId={inspectionId} />;
    case 'papers': return <PapersScreen inspectionId={inspectionId} />;
    case 'review': return <ReviewPanel inspectionId={inspectionId} />;
  }
}

function Marks({ inspectionId }: { readonly inspectionId: string }) {
  const { t } = useTranslation('app');
  const inspection = useRecord(inspectionId);
  const institution = useRecord(String(inspection?.fields['institutionId'] ?? ''));
  return (
    <span className="app-tabs-marks">
      {institution?.fields['sample'] === true && <Tag tone="demo">{t('sample')}</Tag>}
      {inspection?.fields['lock'] ? <Tag tone="ok">{t('locked')}</Tag> : null}
    </span>
  );
}
