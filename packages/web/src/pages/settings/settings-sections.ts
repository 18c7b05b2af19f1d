/** The parts of the settings, by their place in the address, in order. */
export const sectionTitles = {
  appearance: 'Appearance',
  board: 'Board rules',
  phone: 'Phone and other browsers',
  tokens: 'Tokens and devices',
  connections: 'Connections',
  streams: 'Streams',
  data: 'Export and import',
  about: 'About',
} as const;

/** The name of a part in the address. */
export type SectionId = keyof typeof sectionTitles;
