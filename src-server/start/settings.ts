import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { UnusableData } from './unusable-data.ts';

const Prefix = z.string().trim().min(1).max(20).regex(/^[^\d〔〕\s]+$/);
const Prefixes = z.strictObject({ opinion: Prefix, 'district-letter': Prefix });

const SettingsFile = z.strictObject({
  /** 机关代字 of the official numbers, for every office or for one by its id. */
  numberPrefixes: Prefixes.optional(),
  offices: z.record(z.string(), z.strictObject({ numberPrefixes: Prefixes })).optional(),
});

type Form = keyof z.infer<typeof Prefixes>;

export type Settings = { readonly prefixOf: (officeId: string, form: Form) => string };

const usual: Readonly<Record<Form, string>> = { opinion: '机事整', 'district-letter': '机事函' };
const ofDemo: Readonly<Record<Form, string>> = { opinion: '示机事整', 'district-letter': '示机事函' };

/** Reads `settings.json` of the data folder; without it the defaults hold. Throws UnusableData naming what is wrong. */
export function readSettings(dataDir: string, isDemo: boolean): Settings {
  const file = settingsFile(dataDir);
  return { prefixOf: (officeId, form) => (file.offices?.[officeId]?.numberPrefixes ?? file.numberPrefixes ?? (isDemo ? ofDemo : usual))[form] };
}

function settingsFile(dataDir: string): z.infer<typeof SettingsFile> {
  let text: string;
  try {
    text = readFileSync(path.join(dataDir, 'settings.json'), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
  const parsed = SettingsFile.safeParse(parsedJson(text));
  if (!parsed.success) throw new UnusableData(`settings.json: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnusableData('settings.json is not JSON');
  }
}
