/** A name that nobody else makes. `crypto.randomUUID` is missing on pages that are neither https nor localhost, such as those that a phone opens. */
export const randomName = (): string =>
  Array.from(crypto.getRandomValues(new Uint16Array(8)), (part) => part.toString(16).padStart(4, '0')).join('-');
