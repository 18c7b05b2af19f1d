import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { webDir } from './browser-fixture.ts';

const integrityOf = (content: string): string => `sha256-${createHash('sha256').update(content).digest('base64')}`;

/** The built app as another version of it would be: another page, and a service worker that knows. */
export function newerApp(mark: string) {
  const folder = mkdtempSync(join(tmpdir(), 'leanvibe-newer-'));
  cpSync(webDir, folder, { recursive: true });
  const change = (name: string, edit: (content: string) => string): [before: string, after: string] => {
    const before = readFileSync(join(folder, name), 'utf8');
    const after = edit(before);
    writeFileSync(join(folder, name), after);
    for (const ending of ['.br', '.gz']) rmSync(join(folder, name + ending), { force: true });
    return [before, after];
  };
  const [before, after] = change('index.html', (page) => page.replace('<body>', `<body data-version="${mark}">`));
  change('service-worker.js', (worker) =>
    worker
      .replace(integrityOf(before), integrityOf(after))
      .replace(/version:(["'`])[0-9a-f]{12}\1/, `version:"${mark}"`),
  );
  return { path: folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
