import { randomUUIDv7 } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { routes } from '@leanvibe/protocol/route-catalogue';
import type { SocketQuery } from '@leanvibe/protocol/socket-frames';
import type { FastifyReply } from 'fastify';
import { HubError } from '../hub-error.ts';
import { jsonAnswer, jsonTextAnswer } from '../http/answer.ts';
import type { Answer, RequestContext, RouteHost } from '../http/route-binding.ts';
import { guessClientType } from './client-type.ts';
import type { Peer } from './connection-manager.ts';
import { EventSource, type EventSourceDeps } from './event-source.ts';
import { verdictError } from './event-streaming-service.ts';
import { streamOptions } from './stream-options.ts';
import type { StreamingPreferencesService } from './streaming-preferences-service.ts';
import type { StreamingPreferences } from '@leanvibe/protocol/streaming';

export type EventRoutesDeps = EventSourceDeps & { preferences: StreamingPreferencesService };

/** Serves the event log, its streams, the list of connections and the streaming preferences. */
export function registerEventRoutes({ serve }: RouteHost, deps: EventRoutesDeps): void {
  const { streaming, connections, preferences } = deps;

  serve(routes.streamEvents, async ({ params, query }, context) => {
    await openEventSource(deps, params.client_id, query, context);
    return null;
  });

  serve(routes.readEventLog, async ({ params, query }, { reply }) => {
    const { client_id: clientId } = params;
    const { cursor, limit, wait_seconds: waitSeconds } = query;
    const page =
      waitSeconds === 0
        ? await streaming.readLog(clientId, cursor, limit)
        : await streaming.waitForEvents(clientId, cursor, limit, {
            waitMs: waitSeconds * 1000,
            signal: closeSignal(reply),
          });
    const next = `</events/${encodeURIComponent(clientId)}/log?cursor=${page.cursor}&limit=${limit}>; rel="next"`;
    const headers = {
      'x-cursor': page.cursor,
      'x-total-count': String(page.total),
      'cache-control': 'no-store',
      ...(page.more ? { link: next } : {}),
    };
    return jsonTextAnswer(200, `[${page.entries.map(({ text }) => text).join(',')}]`, headers);
  });

  serve(routes.openSocket, (_input, { reply }) => {
    // `Connection` is one list: without `close` in it, a caller who asked for the end would wait for the idle timeout.
    void reply.header('upgrade', 'websocket').header('connection', 'Upgrade, close');
    throw new HubError('upgrade-required');
  });

  serve(routes.listConnections, () => {
    const list = connections.list();
    return jsonAnswer(200, list, { 'x-total-count': String(list.length) });
  });

  serve(routes.getStreamingPreferences, async ({ params }) =>
    preferencesAnswer(await preferences.read(params.client_id)),
  );

  serve(routes.updateStreamingPreferences, async ({ params, body }, { ifMatch }) =>
    preferencesAnswer(await preferences.update(params.client_id, body, ifMatch)),
  );
}

const preferencesAnswer = (preferences: StreamingPreferences): Answer =>
  jsonAnswer(200, preferences, { etag: `"${preferences.version}"` });

/** Says when the client has gone away. */
function closeSignal({ raw }: FastifyReply): AbortSignal {
  const abort = new AbortController();
  raw.on('close', () => abort.abort());
  return abort.signal;
}

async function openEventSource(
  deps: EventRoutesDeps,
  clientId: string,
  query: SocketQuery,
  { request, reply, caller }: RequestContext,
): Promise<void> {
  const { streaming, connections, preferences } = deps;
  // A browser that reconnects sends the address it was given first, and where it stands in the header.
  const lastEventId = request.headers['last-event-id'];
  const cursor = typeof lastEventId === 'string' && lastEventId !== '' ? lastEventId : query.cursor;
  const options = streamOptions(query, await preferences.read(clientId));
  const arrival = await streaming.arrive(clientId, cursor);
  if (arrival.reading !== null && 'verdict' in arrival.reading) throw verdictError(arrival.reading.verdict);
  if (connections.refusal !== null) throw new HubError(connections.refusal);
  const clientType = guessClientType(query.client_type, request.headers['user-agent']);
  const peer: Peer = { clientId, deviceId: query.device_id ?? null, clientType, transport: 'sse', caller };
  startStream(reply);
  // Gone already, it would never say so again.
  if (!reply.raw.destroyed) new EventSource(deps, { id: randomUUIDv7(), response: reply.raw, peer, arrival, options });
}

/** Takes the response over from Fastify, with the headers that every answer has. */
function startStream(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    // nginx would otherwise gather events before it passes them on.
    'x-accel-buffering': 'no',
  });
  reply.raw.write(': \n\n');
}
