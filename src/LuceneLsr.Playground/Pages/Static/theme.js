// Light, dark, or as the system has it. Only this choice is kept in the browser, because it is the reader's own.

import { byId } from './dom.js';

const names = { auto: 'Theme: auto', light: 'Theme: light', dark: 'Theme: dark' };
const next = { auto: 'light', light: 'dark', dark: 'auto' };
const key = 'theme';

function apply(theme) {
  document.documentElement.dataset.theme = theme;
  byId('theme-button').textContent = names[theme];
}

export function start() {
  let theme = names[localStorage.getItem(key)] ? localStorage.getItem(key) : 'auto';
  apply(theme);
  byId('theme-button').addEventListener('click', () => {
    theme = next[theme];
    localStorage.setItem(key, theme);
    apply(theme);
  });
}
