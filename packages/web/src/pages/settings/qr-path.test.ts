import { describe, expect, it } from 'vitest';
import { modulePath } from './qr-path.ts';

describe('modulePath', () => {
  it('[Settings] draws each run of dark modules, to the edge of the row and not beyond', () => {
    // prettier-ignore
    const modules = [1, 1, 0,
                     0, 1, 1,
                     1, 0, 1];
    expect(modulePath(modules, 3, 4)).toBe('M4 4h2v1h-2zM5 5h2v1h-2zM4 6h1v1h-1zM6 6h1v1h-1z');
    expect(modulePath([0], 1, 0)).toBe('');
  });
});
