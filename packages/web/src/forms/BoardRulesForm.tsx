import type { BoardRules } from '@leanvibe/protocol/board';
import type { TaskStatus } from '@leanvibe/protocol/task';
import { useHub } from '../hub/hub-context.tsx';
import { rulesKey } from '../hub/query-keys.ts';
import { statuses, statusTitles } from '../hub/task-values.ts';
import { Switch } from '../ui/Switch.tsx';
import styles from './BoardRulesForm.module.css';
import { mayGo, ruleLabel, withWay } from './board-rules-values.ts';
import { DraftForm, type FieldActions } from './DraftForm.tsx';
import { NumberField } from './NumberField.tsx';
import { useDocumentDraft } from './use-document-draft.ts';

/** What may stand in which column, how many, and where tasks may go. */
export function BoardRulesForm() {
  const { client, workspace } = useHub();
  const rules = useDocumentDraft<BoardRules>({
    queryKey: rulesKey(workspace),
    read: (options) => client.tasks.rules.get(options),
    write: (changes, options) => client.tasks.rules.update(changes, options),
    savedText: 'The rules of the board are stored.',
  });
  return (
    <DraftForm draft={rules} noun="The rules" label={ruleLabel}>
      {(draft, actions) => (
        <>
          <Limits columns={draft.columns} {...actions} />
          <TransitionMatrix
            columns={draft.columns}
            onChange={(from, allowed) => actions.set(`columns.${from}.allowed_transitions`, allowed)}
          />
          <Switch
            label="Approval before done"
            hint="A task enters Done only after a human has approved it."
            isOn={draft.require_approval_for_done}
            onChange={(isOn) => actions.set('require_approval_for_done', isOn)}
          />
          <Switch
            label="Dependencies first"
            hint="A task leaves the backlog only when everything that it waits for is done."
            isOn={draft.enforce_dependencies}
            onChange={(isOn) => actions.set('enforce_dependencies', isOn)}
          />
        </>
      )}
    </DraftForm>
  );
}

const Limits = ({ columns, set, noteWrong }: { columns: BoardRules['columns'] } & FieldActions) => (
  <fieldset className={styles.group}>
    <legend>Most tasks in a column</legend>
    <div className={styles.limits}>
      {statuses.map((status) => (
        <NumberField
          key={status}
          label={statusTitles[status]}
          placeholder="No limit"
          range={{ from: 1, to: 1_000_000, isWhole: true }}
          value={columns[status].wip_limit}
          onWrong={(isWrong) => noteWrong(status, isWrong)}
          onValueChange={(limit) => set(`columns.${status}.wip_limit`, limit)}
        />
      ))}
    </div>
  </fieldset>
);

type MatrixProps = {
  columns: BoardRules['columns'];
  onChange: (from: TaskStatus, allowed: TaskStatus[] | null) => void;
};

const TransitionMatrix = ({ columns, onChange }: MatrixProps) => (
  <fieldset className={styles.group}>
    <legend>Where tasks may go</legend>
    <div className={styles.scroll}>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col">From</th>
            {statuses.map((to) => (
              <th key={to} scope="col">
                {statusTitles[to]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {statuses.map((from) => (
            <tr key={from}>
              <th scope="row">{statusTitles[from]}</th>
              {statuses.map((to) => (
                <td key={to}>
                  {from !== to && (
                    <input
                      type="checkbox"
                      className={styles.way}
                      aria-label={`From ${statusTitles[from]} to ${statusTitles[to]}`}
                      checked={mayGo(columns[from].allowed_transitions, to)}
                      onChange={({ target }) =>
                        onChange(from, withWay(columns[from].allowed_transitions, from, to, target.checked))
                      }
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </fieldset>
);
