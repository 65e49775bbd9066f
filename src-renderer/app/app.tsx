import { DemoEnded } from '../features/session/demo-ended.tsx';
import { DemoRoles } from '../features/session/demo-roles.tsx';
import { OpeningScreen } from '../features/session/opening-screen.tsx';
import { SignInScreen } from '../features/session/sign-in-screen.tsx';
import { DeskProvider } from '../store/desk-context.tsx';
import { EndDemo } from '../ui/end-demo.ts';
import './app.css';
import { ErrorBoundary } from './error-boundary.tsx';
import { Frame } from './frame.tsx';
import { DeskTheme } from './theme-provider.tsx';
import { useSessionFlow } from './use-session-flow.ts';
import { WindowClosing } from './window-closing.tsx';

/** The application: colours, then who is there, then the desk. */
export function App() {
  return (
    <DeskTheme>
      <ErrorBoundary at=""><SessionGate /></ErrorBoundary>
    </DeskTheme>
  );
}

function SessionGate() {
  const { flow, open, enterDemo, endDemo, signOut, openAgain } = useSessionFlow();
  switch (flow.kind) {
    case 'asking': return <OpeningScreen progress={null} problem={null} />;
    case 'opening': return <OpeningScreen progress={flow.progress} problem={null} />;
    case 'failed': return <OpeningScreen progress={null} problem={flow.message} onAgain={openAgain} />;
    case 'demo-ended': return (
      <>
        <WindowClosing desk={null} />
        <DemoEnded profileDir={flow.profileDir} onClose={() => window.close()} />
      </>
    );
    case 'signed-out': return (
      <>
        <WindowClosing desk={null} />
        {flow.info.demoServer === null
          ? <SignInScreen info={flow.info} profiles={flow.profiles} notice={flow.notice} onOpened={open} />
          : <DemoRoles problem={flow.notice} onChoose={enterDemo} />}
      </>
    );
    case 'open': return (
      <DeskProvider key={flow.desk.session.chainId} desk={flow.desk}>
        <WindowClosing desk={flow.desk} />
        <EndDemo value={flow.desk.session.demo ? endDemo : null}><Frame onSignOut={signOut} /></EndDemo>
      </DeskProvider>
    );
  }
}
