import { describe, expect, it } from 'vitest';
import { startBanner } from './start-banner.ts';

const url = 'http://192.168.1.5:8765';
const pairingUrl = `${url}/pair?code=abc`;
const config = { auth: 'token', loopback: false, dataDir: '/data', mirrorFile: null } as const;

describe('startBanner', () => {
  it('[S3] shows the first token, and the pairing link with its QR code', async () => {
    const text = await startBanner({ url, config, firstToken: 'lv_secret', pairingUrl });
    expect(text).toContain('    lv_secret\n');
    expect(text).toContain(`    ${pairingUrl}\n`);
    expect(text).toMatch(/[█▀▄]{10}/);
    expect(text).toContain(`${url}/docs`);
    expect(text).toContain('/data');
  });

  it('[S3] shows the link alone when there is a token already', async () => {
    const text = await startBanner({ url, config, firstToken: null, pairingUrl });
    expect(text).toContain(pairingUrl);
    expect(text).not.toContain('token');
  });

  it('[S1] shows neither where nobody is asked for a token', async () => {
    const open = { ...config, auth: 'none', loopback: true, mirrorFile: '/tasks.json' } as const;
    const text = await startBanner({ url, config: open, firstToken: null, pairingUrl });
    expect(text).not.toMatch(/pair|█|token/);
    expect(text).toContain('/tasks.json');
  });
});
