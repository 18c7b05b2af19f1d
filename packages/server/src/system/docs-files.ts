import { readFile } from 'node:fs/promises';
import { errorDocs } from '@leanvibe/protocol/error-docs';
import { eventDocs } from '@leanvibe/protocol/event-docs';
import { fixedDocument, type FixedDocument } from './fixed-document.ts';

const html = 'text/html; charset=utf-8';
const css = 'text/css; charset=utf-8';
const javascript = 'text/javascript; charset=utf-8';
const markdown = 'text/markdown; charset=utf-8';

/** What a browser may load for the documentation: nothing from elsewhere, no script or style within the page. */
export const docsSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // The style sheet of Swagger UI draws its arrows as data: images.
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>LeanVibe API</title>
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png" />
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
    <link rel="stylesheet" href="/docs/docs.css" />
  </head>
  <body>
    <nav aria-label="Documents">
      <a href="/openapi.json">OpenAPI</a>
      <a href="/asyncapi.json">AsyncAPI (WebSocket)</a>
      <a href="/docs/errors.md">Errors</a>
      <a href="/docs/events.md">Events</a>
    </nav>
    <main id="swagger-ui"></main>
    <noscript>This page needs JavaScript; /openapi.json can be read without.</noscript>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/docs.js"></script>
  </body>
</html>
`;

const pageStyle = `body { margin: 0; }
nav { display: flex; flex-wrap: wrap; gap: 1.5rem; padding: 1rem 1.5rem; background: #1b1b1f; font-family: sans-serif; }
nav a { color: #fff; }
`;

const pageScript = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  displayRequestDuration: true,
  validatorUrl: null,
});
`;

type Source = () => FixedDocument | Promise<FixedDocument>;

const assetOfSwaggerUi = (name: string, contentType: string): Source => {
  const file = new URL(import.meta.resolve(`@fastify/swagger-ui/static/${name}`));
  return async () => fixedDocument(await readFile(file), contentType);
};

const once = (source: Source): Source => {
  let document: ReturnType<Source> | undefined;
  return () => (document ??= source());
};

/** The files of the documentation by name, each read or made when it is first asked for; '' is the page itself. */
export const docsFiles = (): ReadonlyMap<string, Source> =>
  new Map<string, Source>([
    ['', once(() => fixedDocument(page, html))],
    ['docs.css', once(() => fixedDocument(pageStyle, css))],
    ['docs.js', once(() => fixedDocument(pageScript, javascript))],
    ['errors.md', once(() => fixedDocument(errorDocs(), markdown))],
    ['events.md', once(() => fixedDocument(eventDocs(), markdown))],
    ['swagger-ui.css', once(assetOfSwaggerUi('swagger-ui.css', css))],
    ['swagger-ui-bundle.js', once(assetOfSwaggerUi('swagger-ui-bundle.js', javascript))],
    ['favicon-32x32.png', once(assetOfSwaggerUi('favicon-32x32.png', 'image/png'))],
  ]);
