import { asyncApiDocument } from '@leanvibe/protocol/async-api';
import { openApiDocument } from '@leanvibe/protocol/open-api';
import { routes } from '@leanvibe/protocol/route-catalogue';
import { HubError } from '../hub-error.ts';
import type { RouteHost } from '../http/route-binding.ts';
import { docsFiles, docsSecurityPolicy } from './docs-files.ts';
import { answerDocument, fixedDocument, type FixedDocument } from './fixed-document.ts';

const json = 'application/json; charset=utf-8';

/** A document that is made when it is first asked for: most runs of the server never need it. */
const lazyDocument = (make: () => unknown): (() => FixedDocument) => {
  let document: FixedDocument | undefined;
  return () => (document ??= fixedDocument(JSON.stringify(make()), json));
};

/** Serves the documents of the interface, and the page on which they can be read and tried out. */
export const registerDocsRoutes = ({ serve }: RouteHost, { version }: { version: string }): void => {
  const openApi = lazyDocument(() => openApiDocument({ version }));
  const asyncApi = lazyDocument(() => asyncApiDocument({ version }));
  const files = docsFiles();

  const answerFile = async (name: string, ifNoneMatch: string | undefined) => {
    const file = files.get(name);
    if (file === undefined) throw new HubError('not-found', `The documentation has no file ${name}.`);
    return answerDocument(await file(), ifNoneMatch, { 'content-security-policy': docsSecurityPolicy });
  };

  serve(routes.getOpenApi, (_input, { request }) => answerDocument(openApi(), request.headers['if-none-match']));
  serve(routes.getAsyncApi, (_input, { request }) => answerDocument(asyncApi(), request.headers['if-none-match']));
  serve(routes.openDocs, (_input, { request }) => answerFile('', request.headers['if-none-match']));
  serve(routes.getDocsFile, ({ params }, { request }) => answerFile(params.file, request.headers['if-none-match']));
};
