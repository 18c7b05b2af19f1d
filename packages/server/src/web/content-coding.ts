/** How a file that was compressed beforehand can be sent; `identity` is as it is. */
export type ContentCoding = 'br' | 'gzip' | 'identity';

/** The ending of the file that lies beside another, compressed in this way. */
export const codingEndings = { br: '.br', gzip: '.gz' } as const;

const weightOf = (accepted: ReadonlyMap<string, number>, coding: string): number =>
  accepted.get(coding) ?? accepted.get('*') ?? 0;

const readWeights = (header: string): Map<string, number> =>
  new Map(
    header.split(',').map((entry) => {
      const [coding = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='));
      return [coding, weight === undefined ? 1 : Number(weight.slice(2)) || 0];
    }),
  );

/** The smallest form of a file that the caller takes. What nobody asked for is sent as it is. */
export function chooseCoding(acceptEncoding: string | undefined, available: ReadonlySet<ContentCoding>): ContentCoding {
  if (acceptEncoding === undefined) return 'identity';
  const accepted = readWeights(acceptEncoding);
  return (
    (['br', 'gzip'] as const).find((coding) => available.has(coding) && weightOf(accepted, coding) > 0) ?? 'identity'
  );
}
