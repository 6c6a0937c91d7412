// Keys that work outside of text fields.

import { byId } from './dom.js';

const hits = () => [...document.querySelectorAll('.column')].filter(column => column.offsetParent !== null)
  .flatMap(column => [...column.querySelectorAll('.hit')]);

function move(step) {
  const all = hits();
  const current = all.indexOf(document.activeElement.closest?.('.hit'));
  const target = all[current < 0 ? 0 : Math.max(0, Math.min(all.length - 1, current + step))];
  target?.focus();
  target?.scrollIntoView({ block: 'nearest' });
}

function goToColumn(index) {
  const tab = document.querySelectorAll('#tabs input')[index];
  if (tab) {
    tab.checked = true;
    tab.dispatchEvent(new Event('change', { bubbles: true }));
  }
  document.querySelectorAll('.column')[index]?.querySelector('.hit')?.focus();
}

const actions = {
  '/': () => { byId('query').focus(); byId('query').select(); },
  '?': () => byId('help').showModal(),
  j: () => move(1),
  k: () => move(-1),
  e: () => document.activeElement.closest?.('.hit')?.querySelector('.why')?.click(),
  1: () => goToColumn(0),
  2: () => goToColumn(1),
  3: () => goToColumn(2),
};

export function start() {
  byId('help-button').addEventListener('click', actions['?']);
  document.addEventListener('keydown', event => {
    const isTyping = event.target.matches?.('input:not([type=range], [type=radio], [type=checkbox]), select, textarea');
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) {
      return;
    }
    if (Object.hasOwn(actions, event.key)) {
      event.preventDefault();
      actions[event.key]();
    }
  });
}
