import type { OperationId } from '@leanvibe/protocol/route-catalogue';
import type { HttpTransport } from './http-transport.ts';
import type { AnswerOf, BodyOf, CallOptions, CallRequest, QueryOf, Reply } from './route-call.ts';

type Parts<Id extends OperationId> = {
  /** The parameters of the path beside `client_id`. */
  params?: Readonly<Record<string, string>>;
  query?: QueryOf<Id> | undefined;
  body?: BodyOf<Id> | undefined;
};

/** Calls operations about one workspace. */
export class WorkspaceCalls {
  readonly transport: HttpTransport;
  readonly clientId: string;

  constructor(transport: HttpTransport, clientId: string) {
    this.transport = transport;
    this.clientId = clientId;
  }

  /** Calls an operation and answers with its headers too. */
  reply<Id extends OperationId>(id: Id, parts: Parts<Id>, options?: CallOptions): Promise<Reply<AnswerOf<Id>>> {
    const params = { ...parts.params, client_id: this.clientId };
    return this.transport.call(id, { ...parts, params } as unknown as CallRequest<Id>, options);
  }

  /** Calls an operation and answers with the body alone. */
  async body<Id extends OperationId>(id: Id, parts: Parts<Id>, options?: CallOptions): Promise<AnswerOf<Id>> {
    return (await this.reply(id, parts, options)).body;
  }
}
