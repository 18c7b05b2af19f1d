import { describe, expect, it } from 'vitest';
import { agentInstructions, scriptCommands } from './connect-commands.ts';

const open = { origin: 'http://127.0.0.1:8765', workspace: 'team', needsToken: false };

describe('the commands to connect with', () => {
  it('[First run] carry the address and the workspace', () => {
    for (const { text } of [...scriptCommands(open), agentInstructions(open)]) {
      expect(text).toContain(open.origin);
      expect(text).toContain('team');
      expect(text).not.toContain('authorization');
    }
  });

  it('[First run] bring a token where one is asked for', () => {
    const asked = { ...open, needsToken: true };
    const [create, follow] = scriptCommands(asked);
    expect([create!.text, follow!.text, agentInstructions(asked).text]).toEqual(
      Array(3).fill(expect.stringContaining('authorization: Bearer $LEANVIBE_TOKEN')),
    );
  });
});
