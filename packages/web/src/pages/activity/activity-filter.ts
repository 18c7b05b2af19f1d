import type { LeanVibeEvent } from '@leanvibe/protocol/event';

/** What the activity is narrowed to. Each list means any of its values; an empty one, anything. */
export type ActivityFilter = {
  types: readonly string[];
  channels: readonly string[];
  /** As `kind:id`. */
  actors: readonly string[];
  words: string;
};

const parameters = { types: 'type', channels: 'channel', actors: 'actor' } as const;
const lists = Object.keys(parameters) as (keyof typeof parameters)[];

/** The filter that an address asks for. */
export const readActivityFilter = (search: URLSearchParams): ActivityFilter => ({
  types: search.getAll('type'),
  channels: search.getAll('channel'),
  actors: search.getAll('actor'),
  words: search.get('q') ?? '',
});

/** The address with another filter; what does not belong to the filter stays. */
export function writeActivityFilter(search: URLSearchParams, filter: ActivityFilter): URLSearchParams {
  const written = new URLSearchParams(search);
  for (const list of lists) {
    written.delete(parameters[list]);
    for (const value of filter[list]) written.append(parameters[list], value);
  }
  written.delete('q');
  if (filter.words !== '') written.set('q', filter.words);
  return written;
}

/** Whether a filter lets everything through. */
export const isActivityFilterEmpty = (filter: ActivityFilter): boolean =>
  lists.every((list) => filter[list].length === 0) && filter.words.trim() === '';

/** Who acted, as the filter and the address name them. */
export const actorName = ({ kind, id }: LeanVibeEvent['actor']): string => `${kind}:${id}`;

const isAnyOf = (wanted: readonly string[], value: string): boolean => wanted.length === 0 || wanted.includes(value);

/** What decides whether an event is shown. All words have to stand somewhere in the event; letter case does not count. */
export function activityMatcher(filter: ActivityFilter): (event: LeanVibeEvent) => boolean {
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  return (event) =>
    isAnyOf(filter.types, event.type) &&
    isAnyOf(filter.channels, event.channel) &&
    isAnyOf(filter.actors, actorName(event.actor)) &&
    hasWords(event, words);
}

function hasWords(event: LeanVibeEvent, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = `${event.type} ${event.actor.id} ${JSON.stringify(event.data)}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
