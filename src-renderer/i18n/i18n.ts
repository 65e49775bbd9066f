import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

type Texts = { readonly [key: string]: string | Texts };
type TextModule = { readonly texts: Texts };

const chinese = import.meta.glob<TextModule>('./*.zh-CN.ts', { eager: true });
const english = import.meta.glob<TextModule>('./*.en.ts', { eager: true });

/**
 * One namespace a feature: `room-check.zh-CN.ts` and `room-check.en.ts` export `texts` with the same keys
 * (tests/unit/i18n holds them to it). Use: `const { t } = useTranslation('room-check')`.
 */
export async function startI18n(language: 'zh-CN' | 'en'): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': namespaces(chinese), en: namespaces(english) },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}

function namespaces(modules: Readonly<Record<string, TextModule>>): Record<string, Texts> {
  return Object.fromEntries(Object.entries(modules).map(([path, module]) => [path.replace(/^\.\//, '').replace(/\.(zh-CN|en)\.ts$/, ''), module.texts]));
}
