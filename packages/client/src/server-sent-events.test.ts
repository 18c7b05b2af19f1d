import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeApi, problemAnswer } from './fake-api-fixture.ts';
import { createLeanVibeClient } from './leanvibe-client.ts';
import { readServerSentEvents, textChunks } from './server-sent-events.ts';

async function* inPieces(text: string, cuts: readonly number[]): AsyncGenerator<string> {
  let start = 0;
  for (const cut of [...cuts.toSorted((first, second) => first - second), text.length]) {
    yield text.slice(start, cut);
    start = cut;
  }
}

const read = (text: string, cuts: readonly number[] = []) =>
  Array.fromAsync(readServerSentEvents(inPieces(text, cuts)));

describe('readServerSentEvents', () => {
  it('[E4] reads id and data, and passes over comments and other fields', async () => {
    const text = ': hello\n\nevent: task_created\nid: e.1\ndata: {"a":1}\n\nretry\nid:e.2\ndata:x\ndata: y\n\n';
    expect(await read(text)).toEqual([
      { id: 'e.1', data: '{"a":1}' },
      { id: 'e.2', data: 'x\ny' },
    ]);
  });

  it('[E4] keeps the id for events that have none, and drops an event that was cut off', async () => {
    expect(await read('id: e.1\n\ndata: a\n\ndata: half')).toEqual([{ id: 'e.1', data: 'a' }]);
  });

  it('[E4] reads the same, however the text is cut and its lines are ended', async () => {
    const events = [
      { id: 'e.1', data: '{"text":"ü"}' },
      { id: 'e.2', data: 'two\nlines' },
    ];
    const text = 'id: e.1\ndata: {"text":"ü"}\n\n: heartbeat\n\nid: e.2\ndata: two\ndata: lines\n\n';
    const cuts = fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(cuts, fc.constantFrom('\n', '\r\n'), async (places, end) => {
        expect(await read(text.replaceAll('\n', end), places)).toEqual(events);
      }),
    );
  });
});

describe('textChunks', () => {
  it('[E4] joins a character that was cut in two, and cancels the body when its reader stops', async () => {
    const bytes = new TextEncoder().encode('ü and more');
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        controller.enqueue(bytes.slice(0, 1));
        controller.enqueue(bytes.slice(1));
      },
      cancel: () => void (cancelled = true),
    });
    let text = '';
    for await (const chunk of textChunks(body)) {
      text += chunk;
      if (text.includes('more')) break;
    }
    expect(text).toMatch(/^ü and more/);
    expect(cancelled).toBe(true);
  });
});

describe('events.serverSent', () => {
  it('[E4] yields the events of one answer, and ends with it', async () => {
    const body = 'id: e.1\ndata: {"seq":1}\n\nid: e.2\ndata: {"seq":2}\n\n';
    await using api = await FakeApi.start({ status: 200, headers: { 'content-type': 'text/event-stream' }, body });
    const { events } = createLeanVibeClient({ baseUrl: api.url, clientId: 'alpha' });
    expect(await Array.fromAsync(events.serverSent({ cursor: 'e.0' }))).toEqual([{ seq: 1 }, { seq: 2 }]);
    expect(api.requests[0]?.url).toBe('/events/alpha?cursor=e.0');
  });

  it('[E5] throws the verdict about its cursor', async () => {
    await using api = await FakeApi.start(problemAnswer(410, 'cursor-expired'));
    const { events } = createLeanVibeClient({ baseUrl: api.url, clientId: 'alpha' });
    await expect(events.serverSent().next()).rejects.toMatchObject({ code: 'cursor-expired', status: 410 });
  });

  it('[E4] is empty where the answer is', async () => {
    await using api = await FakeApi.start({ status: 204 });
    const { events } = createLeanVibeClient({ baseUrl: api.url, clientId: 'alpha' });
    expect(await Array.fromAsync(events.serverSent())).toEqual([]);
  });
});
