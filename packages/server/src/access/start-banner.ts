import { toString as drawQrCode } from 'qrcode';
import type { ServerConfig } from '../config.ts';

/** What is known when the server has started. */
export type StartBannerInput = {
  /** Where it listens. */
  url: string;
  config: Pick<ServerConfig, 'auth' | 'loopback' | 'dataDir' | 'mirrorFile'>;
  /** The secret of the first token, when it was made at this start. */
  firstToken: string | null;
  /** A link that signs one browser in. */
  pairingUrl: string;
};

const firstTokenLines = (secret: string): string[] => [
  '',
  '  Your token, shown this once (it may do everything):',
  '',
  `    ${secret}`,
];

const pairingLines = async (link: string): Promise<string[]> => [
  '',
  '  Sign a browser in (once, within 10 minutes):',
  '',
  `    ${link}`,
  '',
  ...(await drawQrCode(link, { type: 'utf8', margin: 2 })).trimEnd().split('\n'),
];

/** What is said to the person who started the server: where it is, and how to get in. */
export async function startBanner({ url, config, firstToken, pairingUrl }: StartBannerInput): Promise<string> {
  const lines = ['', `  LeanVibe is running. Open ${url}`, '', `  API     ${url}/docs`, `  Data    ${config.dataDir}`];
  if (config.mirrorFile !== null) lines.push(`  Mirror  ${config.mirrorFile}`);
  if (config.auth === 'token') {
    if (firstToken !== null) lines.push(...firstTokenLines(firstToken));
    lines.push(...(await pairingLines(pairingUrl)));
  }
  return `${lines.join('\n')}\n\n`;
}
