import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';

/** Serves an empty page, from which scripts of a test attack. */
export async function serveHostilePage() {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>hostile</title><body></body>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** What a script of the page could read of the server, by the way it tried. */
export type Loot = Record<string, string>;

/** Tries from a page everything by which a page can send to `hub`; `taskId` is a task of the workspace `alpha`. */
export const attack = (page: Page, hub: string, taskId: string): Promise<Loot> =>
  page.evaluate(
    async ({ hub, taskId }) => {
      const loot: Record<string, string> = {};
      const task = `${hub}/tasks/alpha/${taskId}`;
      const body = '{"title":"planted"}';
      const patience = 5000;
      const seen = (way: string, text: string) => (loot[way] = text);
      const outcome = async (way: string, request: Promise<Response>) => {
        try {
          const response = await request;
          if (response.type !== 'opaque' && response.type !== 'opaqueredirect') seen(way, await response.text());
        } catch {
          // The browser refused to send it, or to show the answer.
        }
      };
      const simple = [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'text/plain; application/json',
      ];
      for (const credentials of ['include', 'omit'] as const) {
        const tries: Promise<void>[] = [];
        for (const type of [...simple, 'application/json']) {
          const init = { method: 'POST', body, credentials, headers: { 'content-type': type } };
          tries.push(outcome(`cors ${type}`, fetch(`${hub}/tasks/alpha`, init)));
          tries.push(outcome(`no-cors ${type}`, fetch(`${hub}/tasks/alpha`, { ...init, mode: 'no-cors' })));
        }
        for (const path of ['approve', 'restore', 'approval'])
          tries.push(outcome(path, fetch(`${task}/${path}`, { method: 'POST', mode: 'no-cors', credentials })));
        tries.push(outcome('pairing', fetch(`${hub}/pairing`, { method: 'POST', mode: 'no-cors', credentials })));
        tries.push(
          outcome(
            'typeless',
            fetch(`${hub}/tasks/alpha`, { method: 'POST', mode: 'no-cors', credentials, body: new Blob([body]) }),
          ),
        );
        for (const method of ['PUT', 'PATCH', 'DELETE'])
          tries.push(outcome(method, fetch(task, { method, body, credentials })));
        for (const path of ['/tasks/alpha', '/health', '/openapi.json', '/connections', '/tasks/alpha/export'])
          tries.push(outcome(`read ${path}`, fetch(hub + path, { credentials })));
        tries.push(
          outcome(
            'keepalive',
            fetch(`${hub}/tasks/alpha`, { method: 'POST', body, keepalive: true, mode: 'no-cors', credentials }),
          ),
        );
        await Promise.all(tries);
      }
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json'])
        navigator.sendBeacon(`${hub}/tasks/alpha`, new Blob([body], { type }));
      const settled = (element: HTMLElement) =>
        new Promise<void>((resolve) => {
          element.onload = () => resolve();
          element.onerror = () => resolve();
          setTimeout(resolve, patience);
          document.body.append(element);
        });
      const make = <Name extends keyof HTMLElementTagNameMap>(name: Name, members: object) =>
        Object.assign(document.createElement(name), members);
      await Promise.all([
        settled(make('img', { src: `${task}/approve` })),
        settled(make('img', { src: `${hub}/tasks/alpha?title=planted` })),
        settled(make('script', { src: `${hub}/tasks/alpha` })),
        settled(make('script', { src: `${hub}/docs/docs.js` })),
        settled(make('link', { rel: 'stylesheet', href: `${hub}/docs/docs.css` })),
        settled(make('object', { data: `${hub}/docs` })),
        settled(make('video', { src: `${hub}/tasks/alpha/export` })),
        settled(make('iframe', { src: `${hub}/docs` })),
      ]);
      if ('SwaggerUIBundle' in window) seen('script', 'ran');
      for (const enctype of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data']) {
        const name = `frame-${enctype}`;
        const frame = make('iframe', { name });
        const form = make('form', { method: 'post', action: `${hub}/tasks/alpha`, enctype, target: name });
        form.append(make('input', { name: '{"title":"planted","description":"', value: '"}' }));
        document.body.append(form);
        const answered = settled(frame);
        form.submit();
        await answered;
      }
      const opens = (source: WebSocket | EventSource) =>
        new Promise<boolean>((resolve) => {
          source.addEventListener('message', () => resolve(true));
          source.addEventListener('error', () => resolve(false));
          setTimeout(() => resolve(false), patience);
        });
      const socket = new WebSocket(`${hub.replace('http', 'ws')}/ws/alpha`);
      if (await opens(socket)) seen('socket', 'opened');
      const events = new EventSource(`${hub}/events/alpha`, { withCredentials: true });
      events.addEventListener('open', () => seen('events', 'opened'));
      if (await opens(events)) seen('events', 'opened');
      events.close();
      return loot;
    },
    { hub, taskId },
  );
