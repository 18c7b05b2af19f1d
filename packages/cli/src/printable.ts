// What is printed comes from others. Control characters could drive the terminal, and overrides of the direction of writing
// could make a line read as another one.
// oxlint-disable-next-line no-control-regex
const dangerous = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
// oxlint-disable-next-line no-control-regex
const dangerousInText = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const dangerousInJson = /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Text from elsewhere made safe for a terminal, on one line. */
export const printable = (text: string): string => text.replaceAll(dangerous, ' ');

/** Text from elsewhere made safe for a terminal, with its lines and tabs. */
export const printableText = (text: string): string => text.replaceAll('\r\n', '\n').replaceAll(dangerousInText, ' ');

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON made safe for a terminal; it means the same as before. */
export const printableJson = (json: string): string => json.replaceAll(dangerousInJson, escaped);
