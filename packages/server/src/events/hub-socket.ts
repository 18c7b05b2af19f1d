import { problemCatalogue, type ProblemCode, type ProblemRow } from '@leanvibe/protocol/problem-catalogue';
import { WebSocket } from 'ws';

// The codes with which ws itself ends a socket that breaks the protocol.
const reasons: Readonly<Record<number, ProblemCode>> = {
  1002: 'protocol-error',
  1007: 'protocol-error',
  1008: 'protocol-error',
  1009: 'frame-too-large',
};

const policyViolation = 1008;

/** A socket of the server. Whatever it is closed for, the reason is the code of a problem. */
export class HubSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    super.close(code, reason ?? (code === undefined ? undefined : reasons[code]));
  }

  /** Closes for a problem of the catalogue. */
  closeFor(code: ProblemCode): void {
    const row: ProblemRow = problemCatalogue[code];
    this.close(row.closeCode ?? policyViolation, code);
  }
}
