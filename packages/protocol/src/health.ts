import { z } from 'zod';

/** The state of one component. `degraded`: it works, but not all of it. */
export const ComponentHealth = z.looseObject({
  status: z.enum(['ok', 'degraded', 'down']),
  detail: z.string().optional(),
});
export type ComponentHealth = z.infer<typeof ComponentHealth>;

/** The answer to `GET /health`. */
export const Health = z.strictObject({
  status: z.enum(['ok', 'degraded', 'down']),
  version: z.string(),
  uptime_seconds: z.number().min(0),
  components: z.record(z.string(), ComponentHealth).meta({ description: 'By product name, such as TaskService' }),
});
export type Health = z.infer<typeof Health>;

/** The answer to `GET /ready`. */
export const Ready = z.strictObject({ ready: z.boolean() });
export type Ready = z.infer<typeof Ready>;
