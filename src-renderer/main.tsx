import './app/zod-without-eval.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { startI18n } from './i18n/i18n.ts';
import { preferences } from './ui/preferences.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
const { language } = preferences();
document.documentElement.lang = language;
void startI18n(language).then(() => createRoot(root).render(<App />));
