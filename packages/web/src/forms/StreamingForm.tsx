import type { EventChannel, EventPriority } from '@leanvibe/protocol/event-catalogue';
import type { StreamingPreferences } from '@leanvibe/protocol/streaming';
import { useState } from 'react';
import { useHub } from '../hub/hub-context.tsx';
import { preferencesKey } from '../hub/query-keys.ts';
import { Select } from '../ui/Select.tsx';
import { Switch } from '../ui/Switch.tsx';
import { TextArea } from '../ui/TextArea.tsx';
import { DraftForm, type FieldActions } from './DraftForm.tsx';
import { NumberField } from './NumberField.tsx';
import styles from './StreamingForm.module.css';
import { channelTitles, isOnAll, linesOf, preferenceLabel, priorityNames, withChannel } from './streaming-values.ts';
import { useDocumentDraft } from './use-document-draft.ts';

/** What programs that open a stream of this workspace receive, unless they ask for something else. */
export function StreamingForm() {
  const { client, workspace } = useHub();
  const preferences = useDocumentDraft<StreamingPreferences>({
    queryKey: preferencesKey(workspace),
    read: (options) => client.preferences.get(options),
    write: (changes, options) => client.preferences.update(changes, options),
    savedText: 'The preferences are stored. They count for streams that are opened from now on.',
  });
  return (
    <DraftForm draft={preferences} noun="The preferences" label={preferenceLabel}>
      {(draft, actions) => <StreamingFields draft={draft} {...actions} />}
    </DraftForm>
  );
}

type FieldsProps = { draft: StreamingPreferences } & FieldActions;

const StreamingFields = ({ draft, set, noteWrong }: FieldsProps) => (
  <>
    <ChannelBoxes chosen={draft.enabled_channels} onChange={(channels) => set('enabled_channels', channels)} />
    <div className={styles.row}>
      <Select<EventPriority>
        label="Least priority"
        value={draft.min_priority}
        options={priorityNames.map((value) => ({ value, label: value }))}
        onValueChange={(value) => set('min_priority', value)}
      />
      <NumberField
        label="Events per second, at most"
        hint="What is above comes later, in batches. Nothing is lost."
        placeholder="No limit"
        range={{ from: 1, to: 10_000, isWhole: true }}
        value={draft.max_events_per_second}
        onWrong={(isWrong) => noteWrong('rate', isWrong)}
        onValueChange={(value) => set('max_events_per_second', value)}
      />
    </div>
    <Switch
      label="Batches"
      hint="Several events in one frame, where the program can read that."
      isOn={draft.enable_batching}
      onChange={(isOn) => set('enable_batching', isOn)}
    />
    <div className={styles.row}>
      <NumberField
        label="Gather for (milliseconds)"
        range={{ from: 0, to: 1000, isWhole: true, isNeeded: true }}
        value={draft.batch_interval_ms}
        onWrong={(isWrong) => noteWrong('interval', isWrong)}
        onValueChange={(value) => set('batch_interval_ms', value)}
      />
      <NumberField
        label="Least confidence (0 to 1)"
        placeholder="Any"
        range={{ from: 0, to: 1, isWhole: false }}
        value={draft.custom_filters.min_confidence}
        onWrong={(isWrong) => noteWrong('confidence', isWrong)}
        onValueChange={(value) => set('custom_filters.min_confidence', value)}
      />
    </div>
    <PatternField
      patterns={draft.custom_filters.exclude_file_patterns}
      onChange={(patterns) => set('custom_filters.exclude_file_patterns', patterns)}
    />
  </>
);

function PatternField({ patterns, onChange }: { patterns: readonly string[]; onChange: (patterns: string[]) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  // Empty lines and blanks stay while somebody types.
  const isOwn = typed !== null && linesOf(typed).join('\n') === patterns.join('\n');
  return (
    <TextArea
      label="Files to leave out"
      hint="A pattern in each line, such as **/node_modules/**"
      value={isOwn ? typed : patterns.join('\n')}
      onChange={({ target }) => {
        setTyped(target.value);
        onChange(linesOf(target.value));
      }}
    />
  );
}

type Channels = StreamingPreferences['enabled_channels'];

const ChannelBoxes = ({ chosen, onChange }: { chosen: Channels; onChange: (channels: Channels) => void }) => (
  <fieldset className={styles.group}>
    <legend>Channels</legend>
    <div className={styles.channels}>
      <label className={styles.channel}>
        <input
          type="checkbox"
          checked={isOnAll(chosen)}
          onChange={({ target }) => onChange(target.checked ? ['all'] : ['tasks'])}
        />
        All
      </label>
      {(Object.keys(channelTitles) as EventChannel[]).map((channel) => (
        <label key={channel} className={styles.channel}>
          <input
            type="checkbox"
            checked={isOnAll(chosen) || chosen.includes(channel)}
            onChange={({ target }) => onChange(withChannel(chosen, channel, target.checked))}
          />
          {channelTitles[channel]}
        </label>
      ))}
    </div>
  </fieldset>
);
