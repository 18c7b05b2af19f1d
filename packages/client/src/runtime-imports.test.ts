import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('.', import.meta.url);
const sources = readdirSync(folder).filter((name) => /(?<!\.test|-fixture)\.ts$/.test(name));

it('[C8] loads nothing but itself in browsers: the protocol lends it types only', () => {
  expect(sources).toContain('leanvibe-client.ts');
  for (const source of sources) {
    const imports = readFileSync(new URL(source, folder), 'utf8').matchAll(/^import (?!type )[^;]*from '([^']+)'/gms);
    for (const [, specifier] of imports) expect(specifier, source).toMatch(/^\.\//);
  }
});
