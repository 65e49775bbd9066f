import { readFileSync } from 'node:fs';
import type http from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import type { ExchangeRequest } from '../../../src-shared/sync/wire.ts';
import { serverAddress } from '../../../src-main/sync/server-address.ts';
import { serverClient, type ServerClient } from '../../../src-main/sync/server-client.ts';
import { answering, dyingAfterOne, sayingBytes, type StrangeServer } from './strange-server.ts';

const fixture = (name: string): string => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url), 'utf8');
const request: ExchangeRequest = { v: 1, cursor: 0, pageLimit: 10, push: null };
const reply = { v: 1, receipt: null, refused: [], page: [], next: 0, more: false, serverTime: '2026-08-12T06:00:00.000Z' };
const soon = { idleMs: 300, totalMs: 600, hintSilenceMs: 300 };

describe('an answer counts only when our server gave it', () => {
  let server: StrangeServer | null = null;
  let client: ServerClient | null = null;

  const clientAt = (url: string, caPem: string | null = null): ServerClient => {
    const address = serverAddress(url, caPem);
    if (!address.ok) throw new Error('test address');
    client = serverClient(address.value, soon);
    return client;
  };
  const exchangeWith = async (handler: http.RequestListener) => {
    server = await answering(handler);
    return await clientAt(server.url).exchange('t'.repeat(40), request);
  };
  afterEach(async () => {
    client?.close();
    await server?.stop();
    client = null;
    server = null;
  });

  test('parse once at each border, reply to laptop: our own is read to its last field', async () => {
    const outcome = await exchangeWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
    });
    expect(outcome).toEqual({ ok: true, value: reply });
  });

  test.each([
    ['the page of a captive portal', 200, 'text/html', '<html>请先登录</html>', 'not-our-server'],
    ['somebody else’s JSON', 200, 'application/json', '{"status":"ok"}', 'not-our-server'],
    ['a JSON text', 200, 'application/json', '"receipt"', 'not-our-server'],
    ['an empty answer', 200, 'application/json', '', 'half-reply'],
    ['JSON that stops in the middle although its length is said to be right', 200, 'application/json', '{"v":1,"receipt":{"se', 'half-reply'],
    ['a proxy that wants a password', 407, 'text/html', '<html>', 'not-our-server'],
    ['a page that is not there', 404, 'text/html', '<html>', 'not-our-server'],
    ['a gateway whose server is gone', 502, 'text/html', '<html>', 'server-error'],
    ['our server in trouble', 500, 'application/json', '{"v":1,"problem":{"code":"server-error"}}', 'server-error'],
    ['our server refusing', 403, 'application/json', '{"v":1,"problem":{"code":"revoked"}}', 'revoked'],
    ['a later version', 200, 'application/json', JSON.stringify({ ...reply, v: 2 }), 'please-update'],
    ['a field that we do not know', 200, 'application/json', JSON.stringify({ ...reply, proof: [] }), 'please-update'],
    ['a problem that we do not know', 409, 'application/json', '{"v":1,"problem":{"code":"moon-phase"}}', 'please-update'],
    ['a receipt without its id', 200, 'application/json', JSON.stringify({ ...reply, receipt: { seq: 1 } }), 'please-update'],
  ])('%s', async (_name, status, type, body, code) => {
    const outcome = await exchangeWith((_request, response) => {
      response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
    });
    expect(outcome).toMatchObject({ ok: false, problem: { code } });
  });

  test.each([301, 302, 303, 307, 308])('a redirect (%i) is not followed, so no record goes where it points', async (status) => {
    const portal = await answering((_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply)));
    const outcome = await exchangeWith((_request, response) => void response.writeHead(status, { location: `${portal.url}/v1/exchange` }).end());
    expect(outcome).toEqual({ ok: false, problem: { code: 'not-our-server', detail: { status } } });
    expect(portal.requests()).toBe(0);
    await portal.stop();
  });

  test('a reply that is cut at any byte is never taken for a whole one', async () => {
    const body = JSON.stringify(reply);
    const whole = Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`);
    const codes = new Set<string>();
    for (let end = 0; end < whole.length; end += 1) {
      const cut = await sayingBytes(whole, end);
      const outcome = await clientAt(cut.url).exchange('t'.repeat(40), request);
      codes.add(outcome.ok ? `taken at ${end}` : outcome.problem.code);
      client?.close();
      await cut.stop();
    }
    expect([...codes].sort()).toEqual(['half-reply', 'server-unreachable']);
  });

  test('a reply without a length that is cut is not taken either, nor one in chunks', async () => {
    const body = JSON.stringify(reply);
    const endless = Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n${body}`);
    const chunked = Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`);
    for (const [bytes, end] of [[endless, endless.length - 1], [endless, endless.length - 20], [chunked, chunked.length - 7], [chunked, chunked.length - 30]] as const) {
      server = await sayingBytes(bytes, end);
      expect(await clientAt(server.url).exchange('t'.repeat(40), request)).toEqual({ ok: false, problem: { code: 'half-reply' } });
      client?.close();
      await server.stop();
    }
  });

  test('something that does not speak HTTP is not our server', async () => {
    server = await sayingBytes(Buffer.from('SSH-2.0-OpenSSH_9.2\r\n'), 21);
    expect(await clientAt(server.url).exchange('t'.repeat(40), request)).toMatchObject({ ok: false, problem: { code: 'not-our-server' } });
  });

  test('nobody at the address is a server out of reach', async () => {
    const gone = await answering(() => undefined);
    await gone.stop();
    expect(await clientAt(gone.url).exchange('t'.repeat(40), request)).toMatchObject({ ok: false, problem: { code: 'server-unreachable', detail: { reason: 'ECONNREFUSED' } } });
  });

  test('a server that says nothing, or drips for ever, is given up', async () => {
    server = await sayingBytes(Buffer.alloc(0), 'hang');
    expect(await clientAt(server.url).exchange('t'.repeat(40), request)).toEqual({ ok: false, problem: { code: 'server-unreachable', detail: { reason: 'timeout' } } });
    client?.close();
    await server.stop();
    const outcome = await exchangeWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
    });
    expect(outcome).toEqual({ ok: false, problem: { code: 'server-unreachable', detail: { reason: 'timeout' } } });
  });

  test('an endless answer is cut off at its limit', async () => {
    server = await answering((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = (): void => { while (!response.destroyed && response.write(Buffer.alloc(256 * 1024, 32))); };
      response.on('drain', more);
      more();
    });
    expect(await clientAt(server.url).challenge('chain')).toMatchObject({ ok: false, problem: { code: 'too-large' } });
  });

  test('a kept connection that died meanwhile costs nothing', async () => {
    const body = JSON.stringify({ v: 1, challenge: 'c'.repeat(40) });
    server = await dyingAfterOne(Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`));
    const kept = clientAt(server.url);
    for (let time = 0; time < 5; time += 1) expect(await kept.challenge('chain')).toMatchObject({ ok: true });
    expect(server.requests()).toBe(9);
  });

  test('an act of the server is never sent twice by itself', async () => {
    server = await sayingBytes(Buffer.alloc(0), 0);
    expect(await clientAt(server.url).office('t'.repeat(40), 'chain.list', {})).toMatchObject({ ok: false, problem: { code: 'server-unreachable' } });
    expect(server.requests()).toBe(1);
  });

  describe('over TLS', () => {
    const tls = { key: fixture('server.key'), cert: fixture('server.pem') };
    const ours: http.RequestListener = (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply));

    test('a server under the office’s own authority is believed when that authority is given', async () => {
      server = await answering(ours, tls);
      expect(await clientAt(server.url, fixture('office-authority.pem')).exchange('t'.repeat(40), request)).toEqual({ ok: true, value: reply });
    });

    test('without it, or with another authority, nothing is sent', async () => {
      server = await answering(ours, tls);
      for (const caPem of [null, fixture('another-authority.pem')]) {
        expect(await clientAt(server.url, caPem).exchange('t'.repeat(40), request)).toMatchObject({ ok: false, problem: { code: 'insecure-server' } });
        client?.close();
      }
      expect(server.requests()).toBe(0);
    });

    test('an https address where plain http is spoken is not our server', async () => {
      server = await answering(ours);
      expect(await clientAt(server.url.replace('http:', 'https:')).exchange('t'.repeat(40), request)).toMatchObject({ ok: false, problem: { code: 'not-our-server' } });
    });
  });

  test.each([
    ['http://10.0.0.5:8443', 'insecure-server'], ['http://office.example', 'insecure-server'], ['http://127.0.0.1.example', 'insecure-server'],
    ['http://[::2]:80', 'insecure-server'], ['http://0.0.0.0', 'insecure-server'],
    ['ftp://office.example', 'invalid-input'], ['office.example', 'invalid-input'], ['https://', 'invalid-input'], ['', 'invalid-input'],
    ['https://user:word@office.example', 'invalid-input'], ['https://office.example/path', 'invalid-input'], ['javascript:alert(1)', 'invalid-input'],
  ])('the address %s is refused before anything is sent', (text, code) => {
    expect(serverAddress(text, null)).toMatchObject({ ok: false, problem: { code } });
  });

  test.each(['http://127.0.0.1:4000', 'http://localhost:4000', 'http://[::1]:4000', 'https://office.example', ' https://10.0.0.5:8443/ '])('the address %s may be used', (text) => {
    expect(serverAddress(text, null)).toMatchObject({ ok: true });
  });
});
