import Button from '@mui/material/Button';
import i18next from 'i18next';
import { Component, type ErrorInfo, type ReactNode } from 'react';

type Props = { readonly children: ReactNode; /** A new value (the path) gives the screen another try. */ readonly at: string };
type State = { readonly failed: Error | null; readonly at: string };

/** A bug in one screen shows there what is safe; rail, truth line and the other screens go on working. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: null, at: this.props.at };

  static getDerivedStateFromError(failed: Error): Partial<State> {
    return { failed };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.at === state.at ? null : { failed: null, at: props.at };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    const { failed } = this.state;
    if (!failed) return this.props.children;
    const t = i18next.getFixedT(null, 'app');
    return (
      <div className="app-broken" role="alert">
        <h1>{t('broken.title')}</h1>
        <p>{t('broken.safe')}</p>
        <p>{t('broken.next')}</p>
        <pre>{failed.message}</pre>
        <Button variant="contained" onClick={() => this.setState({ failed: null })}>{t('broken.again')}</Button>
      </div>
    );
  }
}
