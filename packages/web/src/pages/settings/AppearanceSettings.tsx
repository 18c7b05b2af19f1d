import { useState } from 'react';
import { personName, rememberPerson } from '../../hub/person.ts';
import { singleKeysAreOn, turnSingleKeys } from '../../shell/single-keys.ts';
import { chooseTheme, storedTheme, themeTitles, type Theme } from '../../shell/theme.ts';
import { Switch } from '../../ui/Switch.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './AppearanceSettings.module.css';

/** How the app looks and is used in this browser. */
export function AppearanceSettings() {
  const [theme, setTheme] = useState(storedTheme);
  const [hasSingleKeys, setSingleKeys] = useState(singleKeysAreOn);
  const [name, setName] = useState(personName);
  const choose = (chosen: Theme): void => {
    chooseTheme(chosen);
    setTheme(chosen);
  };
  return (
    <>
      <fieldset className={styles.themes}>
        <legend>Theme</legend>
        {(Object.keys(themeTitles) as Theme[]).map((value) => (
          <label key={value} className={styles.theme}>
            <input type="radio" name="theme" value={value} checked={theme === value} onChange={() => choose(value)} />
            <span className={styles.sample} data-sample={value} aria-hidden="true" />
            {themeTitles[value]}
          </label>
        ))}
      </fieldset>
      <TextField
        label="Your name"
        hint="Stands where you ask for approval."
        maxLength={120}
        value={name}
        onChange={({ target }) => {
          setName(target.value);
          rememberPerson(target.value.trim());
        }}
      />
      <Switch
        label="Keys pressed alone"
        hint="Such as J, K or A. Turn them off if you speak to the computer."
        isOn={hasSingleKeys}
        onChange={(isOn) => {
          turnSingleKeys(isOn);
          setSingleKeys(isOn);
        }}
      />
    </>
  );
}
