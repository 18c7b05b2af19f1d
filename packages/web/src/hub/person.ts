const personKey = 'leanvibe.person';

/** What the person at this browser is called in requests for approval. */
export const personName = (): string => localStorage.getItem(personKey) ?? 'local';

/** Remembers what the person at this browser is called; an empty name forgets it. */
export const rememberPerson = (name: string): void =>
  name === '' ? localStorage.removeItem(personKey) : localStorage.setItem(personKey, name);
