import { problemCatalogue, type ProblemCode, type ProblemRow } from './problem-catalogue.ts';

/** One way in which the server closes a socket; the reason of the close frame is the `code` of the problem. */
export type CloseCode = { closeCode: number; code: ProblemCode; description: string };

/** Every way in which the server closes a socket, by close code. */
export const closeCodes: readonly CloseCode[] = (Object.entries(problemCatalogue) as [ProblemCode, ProblemRow][])
  .flatMap(([code, { closeCode, title, description }]) =>
    closeCode === undefined ? [] : [{ closeCode, code, description: `${title}. ${description}` }],
  )
  .toSorted((first, second) => first.closeCode - second.closeCode);
