/** The page over Chromium's own debugging protocol: Playwright's way in needs a browser that Electron is not. */
export type PageSocket = {
  /** Evaluates an expression in the page and waits for its promise; the value comes as JSON. */
  evaluate<T>(expression: string): Promise<T>;
  onConsole(listener: (text: string) => void): void;
};

type Message = {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly args?: readonly { readonly value?: unknown }[] };
  readonly result?: { readonly result?: { readonly value?: unknown }; readonly exceptionDetails?: { readonly exception?: { readonly description?: string }; readonly text?: string } };
  readonly error?: { readonly message: string };
};

/**
 * @param browserAddress what Chromium prints at its start, `ws://127.0.0.1:<port>/devtools/browser/<id>`
 */
export async function connectToPage(browserAddress: string): Promise<PageSocket> {
  const socket = await opened(new WebSocket(await pageAddress(new URL(browserAddress).host)));
  const waiting = new Map<number, { resolve: (message: Message) => void; reject: (error: Error) => void }>();
  let listener: (text: string) => void = () => undefined;
  let last = 0;
  socket.addEventListener('message', (event) => {
    const message = JSON.parse(String(event.data)) as Message;
    if (message.method === 'Runtime.consoleAPICalled') listener(String(message.params?.args?.[0]?.value ?? ''));
    if (message.id === undefined) return;
    waiting.get(message.id)?.resolve(message);
    waiting.delete(message.id);
  });
  socket.addEventListener('close', () => {
    for (const each of waiting.values()) each.reject(new Error('the page is gone'));
  });
  const ask = (method: string, params: object): Promise<Message> =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  await ask('Runtime.enable', {});
  return {
    async evaluate<T>(expression: string) {
      const { result, error } = await ask('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
      const thrown = error?.message ?? result?.exceptionDetails?.exception?.description ?? result?.exceptionDetails?.text;
      if (thrown !== undefined) throw new Error(`in the page: ${thrown}`);
      return result?.result?.value as T;
    },
    onConsole(next) {
      listener = next;
    },
  };
}

async function pageAddress(host: string): Promise<string> {
  for (;;) {
    const targets = (await (await fetch(`http://${host}/json/list`)).json()) as readonly { type: string; url: string; webSocketDebuggerUrl: string }[];
    const page = targets.find((target) => target.type === 'page' && target.url.startsWith('app://main/'));
    if (page) return page.webSocketDebuggerUrl;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function opened(socket: WebSocket): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(socket), { once: true });
    socket.addEventListener('error', () => reject(new Error('no connection to the page')), { once: true });
  });
}
