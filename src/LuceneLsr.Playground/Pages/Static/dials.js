// The sliders.

import { byId, el } from './dom.js';
import { dials, getDial, setDial, state, write } from './state.js';

const format = (dial, value) => value === dial.all ? 'all' : String(Number(value.toFixed(2)));

export function start(onChange) {
  const groups = Map.groupBy(dials, dial => dial.group);
  byId('dial-grid').append(...[...groups].map(([name, members]) => el('fieldset', {},
    el('legend', {}, name), members.map(dial => createDial(dial, onChange)))));
  byId('reset-dials').addEventListener('click', () => {
    state.dials.clear();
    show();
    write('dials');
    onChange();
  });
}

function createDial(dial, onChange) {
  const input = el('input', {
    type: 'range', id: `dial-${dial.key}`, min: dial.min, max: dial.max, step: dial.step,
    oninput: () => {
      setDial(dial, input.valueAsNumber);
      show();
      write(dial.key);
      onChange();
    },
  });
  return el('div', { class: 'dial' },
    el('label', { for: input.id }, dial.label), el('output', { id: `value-${dial.key}`, for: input.id }), input);
}

export function show() {
  for (const dial of dials) {
    const value = getDial(dial);
    byId(`dial-${dial.key}`).value = value;
    byId(`dial-${dial.key}`).setAttribute('aria-valuetext', format(dial, value));
    byId(`value-${dial.key}`).textContent = format(dial, value);
    byId(`value-${dial.key}`).classList.toggle('changed', value !== dial.value);
  }
  const changed = dials.filter(dial => getDial(dial) !== dial.value);
  byId('dials-summary').textContent = changed.length === 0
    ? 'number of terms, hybrid weight, feedback, BM25'
    : changed.map(dial => `${dial.group === 'Query' || dial.group === 'Results' ? '' : `${dial.group} `}`
      + `${dial.label.toLowerCase()} ${format(dial, getDial(dial))}`).join(' · ');
  byId('reset-dials').hidden = changed.length === 0;
}
