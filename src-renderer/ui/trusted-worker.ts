/**
 * Starts a module worker under `require-trusted-types-for 'script'`.
 *
 * `address` comes from an import such as `import address from './pdf-worker.ts?worker&url'`. Only our own origin's built
 * files pass the policy; anything else throws, because it can only be a mistake or an attack.
 */
export function startWorker(address: string): Worker {
  const trusted = workerPolicy().createScriptURL(address);
  // lib.dom does not know Trusted Types yet; the constructor takes the trusted object as it is.
  return new Worker(trusted as unknown as string, { type: 'module' });
}

type ScriptUrlPolicy = Readonly<{ createScriptURL: (address: string) => object }>;
type TrustedTypes = Readonly<{
  createPolicy: (name: string, rules: { createScriptURL: (address: string) => string }) => ScriptUrlPolicy;
}>;

let policy: ScriptUrlPolicy | undefined;

function workerPolicy(): ScriptUrlPolicy {
  policy ??= trustedTypes().createPolicy('xuncha-worker', { createScriptURL: ownFile });
  return policy;
}

function trustedTypes(): TrustedTypes {
  const found = (window as { trustedTypes?: TrustedTypes }).trustedTypes;
  if (!found) throw new Error('this browser has no Trusted Types');
  return found;
}

function ownFile(address: string): string {
  const url = new URL(address, document.baseURI);
  const own = new URL(document.baseURI);
  if (url.protocol !== own.protocol || url.host !== own.host || !url.pathname.startsWith('/app/')) {
    throw new Error(`not one of our worker files: ${address}`);
  }
  return url.href;
}
