import { readdirSync } from 'node:fs';
import { docsFiles } from '../src/system/docs-files.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTarget, type Target } from './security-fixture.ts';

let target: Target;
beforeAll(async () => {
  target = await startTarget();
  await target.task('alpha');
});
afterAll(() => target[Symbol.asyncDispose]());

/** Ways to write a dot, and what stands between the parts of a path. */
const dots = [
  '..',
  '%2e%2e',
  '%2E.',
  '.%2e',
  '%252e%252e',
  '%c0%ae%c0%ae',
  '%e0%80%ae%e0%80%ae',
  '%u002e%u002e',
  '．．',
  '%ef%bc%8e%ef%bc%8e',
  '..;',
  '..%00',
  '....',
  '.../',
  '%uff0e%uff0e',
];
const slashes = [
  '/',
  '%2f',
  '%2F',
  '%252f',
  '\\',
  '%5c',
  '%5C',
  '%255c',
  '%c0%af',
  '%e0%80%af',
  '／',
  '%ef%bc%8f',
  '//',
  '/./',
  '%u2215',
  '%00/',
];

const climbs = dots.flatMap((dot) => slashes.map((slash) => `${dot}${slash}`.repeat(4)));
const others = [
  '/etc/passwd',
  '//etc/passwd',
  'file:///etc/passwd',
  'file:%2f%2f%2fetc%2fpasswd',
  'C:%5cWindows%5cwin.ini',
  'C:/Windows/win.ini',
  '%5c%5cevil.example%5cshare',
  '~root/.ssh/id_rsa',
  'package.json',
  'docs-files.ts',
  'leanvibe.db',
  '.git/config',
  '.',
  '%2e',
  '',
  '%00',
  '%0a',
  'errors.md%00.png',
  'errors.md%20',
  'errors.md.',
  'errors.md/',
  'errors.md::$DATA',
  'ERRORS.MD',
  'errors%2emd%2f..',
  'swagger-ui-bundle.js.map',
  'swagger-initializer.js',
  'index.html',
  'CON',
  'nul.md',
  '%ff%fe',
  '%ed%a0%80',
  '\u202Edm.srorre',
  'a'.repeat(5000),
  '%'.repeat(10),
  '%%32%65',
  '${7777*7777}',
  '{{7777*7777}}',
  '$(id)',
  '`id`',
  "'; DROP TABLE task; --",
  '" OR "1"="1',
  '%27%20OR%201=1',
  '*',
  '?',
  '#',
];
const leaves = ['etc/passwd', 'package.json'];
const corpus = [...climbs.flatMap((climb) => [`${climb}${leaves[0]}`]), `${dots[0]}/${leaves[1]}`, ...others];

/** What none of these files may give away. */
const inside = /root:.*:0:0|"name": ?"@?leanvibe|"dependencies"|SQLite format|\[fonts\]|import \{|60481729/;

/** As bytes: names of characters beyond ASCII are sent as UTF-8, which is refused by the parser. */
const ask = (path: string) =>
  target.send(Buffer.from([`GET ${path} HTTP/1.1`, target.ownHost, 'Connection: close', '', ''].join('\r\n'), 'utf8'));

describe('row 10: tricks in paths', () => {
  it('[C3] lead nowhere, in every parameter and in the files of the documentation', { timeout: 60_000 }, async () => {
    expect(corpus.length).toBeGreaterThan(200);
    const before = target.state();
    const places = [
      (text: string) => `/docs/${text}`,
      (text: string) => `/tasks/${text}`,
      (text: string) => `/tasks/alpha/${text}`,
      (text: string) => `/ws/${text}`,
      (text: string) => `/${text}`,
    ];
    for (const text of corpus) {
      for (const place of places) {
        const path = place(text);
        const answer = await Promise.race([
          ask(path),
          new Promise<never>((_, no) => setTimeout(() => no(new Error(`HANG ${path}`)), 5000)),
        ]);
        // `/docs/` and `/` are pages; `?` and `#` end the path; the rest is refused, or the name of a workspace without tasks.
        expect([path, [200, 302, 400, 404, 405, 414, 426].includes(answer.status)]).toEqual([path, true]);
        expect(answer.status >= 400 ? '' : answer.body).not.toMatch(inside);
        if (place === places[0] && !/^[?#]?$|^errors\.md\/$/.test(text))
          expect([path, answer.status >= 400]).toEqual([path, true]);
      }
    }
    expect(target.state()).toBe(before);
  });

  it('[C3] in names of workspaces that are written to, and in names of exported files', async () => {
    const before = target.state();
    for (const text of corpus) {
      const clientId = encodeURIComponent(text.slice(0, 300));
      if (/^[A-Za-z0-9][A-Za-z0-9._:-]*$/.test(text.slice(0, 300)) && text.length <= 128) continue;
      const reply = await target.call('POST', `/tasks/${clientId}`, { body: { title: 'x' } });
      expect([text, [400, 404, 405].includes(reply.status)], reply.text).toEqual([text, true]);
    }
    expect(target.state()).toBe(before);
    const file = await target.call('GET', '/tasks/a..b:c-D/export');
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/);
  });

  it('[C8] the documentation has exactly its files', async () => {
    for (const name of docsFiles().keys()) expect((await target.call('GET', `/docs/${name}`)).status).toBe(200);
    const folder = new URL('.', import.meta.resolve('@fastify/swagger-ui/static/swagger-ui.css'));
    for (const name of readdirSync(folder)) {
      const { status } = await target.call('GET', `/docs/${name}`);
      expect([name, status]).toEqual([name, docsFiles().has(name) ? 200 : 404]);
    }
  });
});
