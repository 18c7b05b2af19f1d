import { resultsOf, type CheckResult } from './check-result.ts';

const leastMajor = 26;

/** Whether this Node can run the product. */
export function checkNode(version: string): CheckResult {
  const { ok, fail } = resultsOf('Node.js');
  if (Number.parseInt(version, 10) >= leastMajor) return ok(version);
  return fail(
    `${version} is too old`,
    `Start it with \`npm start\`, which brings its own, or install Node.js ${leastMajor}.`,
  );
}
