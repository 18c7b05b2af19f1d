import { BoardRulesForm } from '../../forms/BoardRulesForm.tsx';
import { StreamingForm } from '../../forms/StreamingForm.tsx';
import { useHub } from '../../hub/hub-context.tsx';
import { PageHeader } from '../../shell/PageHeader.tsx';
import { AboutSettings } from './AboutSettings.tsx';
import { AppearanceSettings } from './AppearanceSettings.tsx';
import { ConnectionSettings } from './ConnectionSettings.tsx';
import { DataSettings } from './DataSettings.tsx';
import { PairingSettings } from './PairingSettings.tsx';
import { SettingsNavigation } from './SettingsNavigation.tsx';
import styles from './SettingsPage.module.css';
import { SettingsSection } from './SettingsSection.tsx';
import { TokenSettings } from './TokenSettings.tsx';

/** Everything that can be set: in this browser, in the workspace, and on the server. */
export function SettingsPage() {
  const { workspace } = useHub();
  return (
    <>
      <PageHeader title="Settings" />
      <div className={styles.scroll}>
        <SettingsNavigation />
        {/* What was typed about one workspace must not be stored in another. */}
        <div className={styles.sections} key={workspace}>
          <SettingsSection id="appearance" hint="Kept in this browser.">
            <AppearanceSettings />
          </SettingsSection>
          <SettingsSection id="board" hint={`For everybody in “${workspace}”.`}>
            <BoardRulesForm />
          </SettingsSection>
          <SettingsSection id="phone" hint="A link signs one browser in, once, within ten minutes.">
            <PairingSettings />
          </SettingsSection>
          <SettingsSection
            id="tokens"
            hint="For programs and agents, and for the browsers that were signed in with a link."
          >
            <TokenSettings />
          </SettingsSection>
          <SettingsSection id="connections" hint="Everything that follows the server at the moment.">
            <ConnectionSettings />
          </SettingsSection>
          <SettingsSection
            id="streams"
            hint={`What programs that follow “${workspace}” receive unless they ask for something else. This app asks for everything.`}
          >
            <StreamingForm />
          </SettingsSection>
          <SettingsSection id="data" hint={`All tasks of “${workspace}”.`}>
            <DataSettings />
          </SettingsSection>
          <SettingsSection id="about">
            <AboutSettings />
          </SettingsSection>
        </div>
      </div>
    </>
  );
}
