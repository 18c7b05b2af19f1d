import { writeFileSync } from 'node:fs';
import { errorDocs } from '@leanvibe/protocol/error-docs';
import { eventDocs } from '@leanvibe/protocol/event-docs';

const folder = new URL('../docs/', import.meta.url);

writeFileSync(new URL('errors.md', folder), errorDocs());
writeFileSync(new URL('events.md', folder), eventDocs());
