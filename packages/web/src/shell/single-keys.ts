const singleKeysKey = 'leanvibe.single-keys';

/** Whether keys pressed alone do something. Whoever speaks to the computer instead of typing can turn it off. */
export const singleKeysAreOn = (): boolean => localStorage.getItem(singleKeysKey) !== 'off';

/** Turns the keys pressed alone on or off in this browser. */
export const turnSingleKeys = (isOn: boolean): void => localStorage.setItem(singleKeysKey, isOn ? 'on' : 'off');
