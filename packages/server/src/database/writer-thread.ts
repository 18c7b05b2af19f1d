import { parentPort, workerData } from 'node:worker_threads';
import { openWriteConnection, type Synchronous } from './sqlite-connection.ts';
import { JobPerformer, type WriterJob } from './writer.ts';

// The entry point of the thread that `ThreadWriter` starts.
const { file, synchronous } = workerData as { file: string; synchronous: Synchronous };
const performer = new JobPerformer(openWriteConnection(file, synchronous));

parentPort!.on('message', (job: WriterJob) => {
  parentPort!.postMessage(performer.perform(job));
  if (job.kind === 'close') parentPort!.close();
});
