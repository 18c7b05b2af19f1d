import { expect, it } from 'vitest';
import { lanAddresses } from '@leanvibe/server/http/lan-address';
import { startCliServer } from '../cli-fixture.ts';

it('[S3] [CLI] makes a link and a QR code that sign a browser in once', async () => {
  await using server = await startCliServer();
  const { code, stdout, stderr } = await server.run(['pair']);
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^${server.app.url}/pair\\?code=\\S+\n$`));
  expect(stderr).toMatch(/█[^]*Works once, until \d\d:\d\d:\d\d\.\n.*is this machine only/);
  const open = () => fetch(stdout.trim(), { redirect: 'manual' });
  expect((await open()).headers.get('set-cookie')).toContain('HttpOnly');
  expect((await open()).status).toBe(401);
});

it('[S3] [CLI] prints the link alone where nobody needs the code', async () => {
  await using server = await startCliServer();
  expect((await server.run(['pair', '--no-qr'])).stderr).not.toContain('█');
  expect(await server.json('pair')).toEqual({
    url: expect.stringContaining('/pair?code='),
    expires_at: expect.any(String),
  });
});

it.runIf(lanAddresses().length > 0)('[S3] [CLI] names an address that a phone can open', async () => {
  await using server = await startCliServer({ LEANVIBE_HOST: '0.0.0.0' });
  const { stdout, stderr } = await server.run(['pair'], { env: { LEANVIBE_TOKEN: server.app.firstToken! } });
  expect(lanAddresses()).toContain(new URL(stdout.trim()).hostname);
  expect(new URL(server.app.pairingUrl()).hostname).toBe(lanAddresses()[0]);
  expect(stderr).not.toContain('this machine only');
});
