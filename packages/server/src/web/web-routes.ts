import { routes } from '@leanvibe/protocol/route-catalogue';
import { HubError } from '../hub-error.ts';
import type { Answer, RequestContext, RouteHost } from '../http/route-binding.ts';
import { chooseCoding } from './content-coding.ts';
import type { WebFile, WebFiles } from './web-files.ts';

/** What the pages of the app may load and do: nothing from elsewhere, no script or style that stands within a page. */
export const webSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** For names that carry a digest of the content. */
const forEver = { 'cache-control': 'public, max-age=31536000, immutable' };
/** Asked about each time, and answered 304 as long as nothing has changed. */
const askEachTime = { 'cache-control': 'no-cache' };

function answerFile(file: WebFile, { request }: RequestContext, headers: Readonly<Record<string, string>>): Answer {
  const coding = chooseCoding(request.headers['accept-encoding'], new Set(file.forms.keys()));
  return {
    status: 200,
    headers: {
      ...headers,
      'content-type': file.contentType,
      vary: 'Accept-Encoding',
      // Each form has a tag of its own: a tag says which bytes were sent.
      etag: coding === 'identity' ? `"${file.etag}"` : `"${file.etag}-${coding}"`,
      ...(coding === 'identity' ? {} : { 'content-encoding': coding }),
    },
    body: file.forms.get(coding)!,
  };
}

/** Serves the app. `files` null: it has not been built, and its pages lead to the documentation. */
export function registerWebRoutes({ serve }: RouteHost, files: WebFiles | null): void {
  const fileAt = (path: string): WebFile => {
    const file = files?.get(path);
    if (file === undefined) throw new HubError('not-found', 'The app has no such file.');
    return file;
  };
  for (const page of [routes.openStart, routes.openInbox, routes.openActivity, routes.openSettings]) {
    serve(page, (_input, context) =>
      files === null
        ? { status: 302, headers: { location: '/docs' }, body: '' }
        : answerFile(fileAt('index.html'), context, { ...askEachTime, 'content-security-policy': webSecurityPolicy }),
    );
  }
  serve(routes.getServiceWorker, (_input, context) => answerFile(fileAt('service-worker.js'), context, askEachTime));
  serve(routes.getWebAsset, ({ params }, context) => answerFile(fileAt(`assets/${params.file}`), context, forEver));
  serve(routes.getWebFile, ({ params }, context) => answerFile(fileAt(`app/${params.file}`), context, askEachTime));
}
