import { eventChannels, eventPriorities } from '@leanvibe/protocol/event-catalogue';
import { defaultStreamingPreferences } from '@leanvibe/protocol/streaming';
import { describe, expect, it } from 'vitest';
import { leavesOf } from './document-draft.ts';
import { channelTitles, linesOf, preferenceLabel, priorityNames, withChannel } from './streaming-values.ts';

describe('the preferences of streams', () => {
  it('[Settings] offer every channel and priority of the protocol', () => {
    expect(Object.keys(channelTitles)).toEqual([...eventChannels]);
    expect(priorityNames).toEqual([...eventPriorities]);
  });

  it('[Settings] leave a channel out of all, and take it in again', () => {
    const without = withChannel(['all'], 'voice', false);
    expect(without).toEqual(eventChannels.filter((channel) => channel !== 'voice'));
    expect(withChannel(without, 'voice', true)).toEqual(['all']);
    expect(withChannel(['tasks'], 'tasks', false)).toEqual([]);
  });

  it('[Settings] read one pattern from each line', () => {
    expect(linesOf(' a \n\nb\na')).toEqual(['a', 'b']);
  });

  it('[Settings] have words for each member', () => {
    const unnamed = Object.keys(leavesOf(defaultStreamingPreferences)).filter((path) => preferenceLabel(path) === path);
    expect(unnamed).toEqual([]);
  });
});
