import { readConfig } from '../../src/config.ts';
import { createApp } from '../../src/create-app.ts';

// The server with commits that do not wait for the disk: what the power-cut trial must catch.
const app = await createApp(readConfig(process.env), { synchronous: 'NORMAL' });
console.log(app.url);
process.once('SIGTERM', () => void app.stop('server-restart'));
