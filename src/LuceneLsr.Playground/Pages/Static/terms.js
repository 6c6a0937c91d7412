// The terms of the query: switch off, change weights.

import { byId, el, formatInteger } from './dom.js';
import { draft } from './rules.js';
import { state, toRequest, write } from './state.js';

const shownAtFirst = () => innerWidth > 900 ? 18 : 10;
let showsAll = false;
let base = []; // what the encoder found, before the user's changes
let lastAnswer = null;
let onChange = () => {};

export function start(change) {
  onChange = change;
  byId('reset-terms').addEventListener('click', () => apply(() => state.weights.clear(), 'terms'));
  byId('more-terms').addEventListener('click', () => {
    showsAll = !showsAll;
    draw(lastAnswer);
  });
  byId('term-editor').addEventListener('toggle', event => {
    if (event.newState === 'closed') {
      document.querySelectorAll('.chip[data-open]').forEach(chip => delete chip.dataset.open);
    }
  });
}

function apply(work, kind) {
  work();
  write(kind);
  onChange();
}

/** Notes what the encoder found for a text. */
export const setBase = terms => { base = terms.filter(term => term.weight > 0); };

/** The body of the next search. */
export const createSearch = () => ({ ...toRequest(), terms: getExplicitTerms() });

// The explicit terms of the next search, or undefined if the user changed nothing.
function getExplicitTerms() {
  if (state.weights.size === 0) {
    return undefined;
  }
  const weights = new Map(base.map(term => [term.term, term.weight]));
  state.weights.forEach((weight, term) => weights.set(term, weight));
  return [...weights].map(([term, weight]) => ({ term, weight }));
}

export function draw(answer) {
  lastAnswer = answer;
  byId('terms-section').hidden = answer.terms.length === 0;
  const top = Math.max(1, ...answer.terms.map(term => Math.max(term.weight, term.searched)));
  const terms = order(answer.terms);
  const focused = document.activeElement?.closest?.('.chip')?.dataset.term;
  const shown = showsAll ? terms : terms.slice(0, shownAtFirst());
  const more = byId('more-terms');
  byId('chips').replaceChildren(...shown.map(term => createChip(term, top)), el('li', {}, more));
  more.hidden = terms.length <= shownAtFirst();
  more.textContent = showsAll ? 'fewer' : `${terms.length - shownAtFirst()} more`;
  const used = answer.terms.filter(term => term.searched > 0).length;
  byId('terms-info').textContent = `${used} of ${answer.terms.length} searched`
    + (answer.queryId === null ? '' : ` · judged query ${answer.queryId}, ${answer.relevant} relevant`);
  byId('reset-terms').hidden = state.weights.size === 0;
  if (focused !== undefined) {
    document.querySelector(`.chip[data-term="${CSS.escape(focused)}"] .chip-toggle`)?.focus();
  }
}

// A term keeps its place while the user changes its weight.
function order(terms) {
  const weightOf = new Map(base.map(term => [term.term, term.weight]));
  const place = term => weightOf.get(term.term) ?? Math.max(term.weight, term.searched);
  return [...terms].sort((left, right) => place(right) - place(left) || (left.term < right.term ? -1 : 1));
}

function createChip(term, top) {
  const isOff = state.weights.get(term.term) === 0 || (term.weight === 0 && term.searched === 0);
  const isPruned = !isOff && term.searched === 0;
  const kind = term.isOwn ? 'own' : term.weight === 0 && !state.weights.has(term.term) ? 'feedback' : 'expansion';
  const isRuled = term.rules.length > 0;
  const weight = isOff ? 0 : term.searched || term.weight;
  const toggle = el('button', {
    type: 'button', class: 'chip-toggle', 'aria-pressed': String(!isOff),
    title: isOff
      ? 'Off. Switch on'
      : isPruned ? 'Left out by a dial' : `In ${formatInteger(term.postings)} documents. Switch off`,
    onclick: () => toggleTerm(term),
    onkeydown: event => {
      if (event.key === 'Enter' && event.shiftKey) {
        event.preventDefault();
        edit(term, event.currentTarget.parentElement);
      }
    },
  },
  el('span', { class: 'chip-term' }, term.term),
  isRuled && el('span', { class: 'chip-rule', title: `Edited by ${term.rules.join(', ')}` }, 'rule'),
  el('span', { class: 'chip-weight' }, isOff ? 'off' : formatInteger(weight)));
  const more = el('button', {
    type: 'button', class: 'chip-more', 'aria-label': `Change the weight of ${term.term}`, title: 'Change the weight',
    onclick: event => edit(term, event.currentTarget.parentElement),
  }, '⋯');
  const chip = el('li', { class: `chip ${kind}`, 'data-term': term.term }, toggle, more);
  const marks = { off: isOff, pruned: isPruned, changed: state.weights.has(term.term), ruled: isRuled };
  Object.entries(marks).forEach(([mark, isOn]) => chip.classList.toggle(mark, isOn));
  chip.style.setProperty('--share', String(weight / top));
  return chip;
}

function toggleTerm(term) {
  apply(() => {
    if (state.weights.get(term.term) === 0) {
      state.weights.delete(term.term);
    } else {
      state.weights.set(term.term, 0);
    }
  }, `term ${term.term}`);
}

function edit(term, chip) {
  const editor = byId('term-editor');
  const original = base.find(other => other.term === term.term)?.weight ?? 0;
  const current = state.weights.get(term.term) ?? original;
  const output = el('output', {}, String(current));
  const slider = el('input', {
    type: 'range', id: 'term-weight', min: 0, max: Math.max(255, original * 2), step: 1, value: current,
    oninput: () => {
      output.textContent = slider.value;
      apply(() => slider.valueAsNumber === original
        ? state.weights.delete(term.term)
        : state.weights.set(term.term, slider.valueAsNumber), `weight ${term.term}`);
    },
  });
  editor.replaceChildren(
    el('h3', {}, term.term),
    el('p', { class: 'muted' }, `In ${formatInteger(term.postings)} documents. Its weight is ${formatInteger(original)}`
      + (term.rules.length === 0 ? '.' : `, edited from ${formatInteger(term.before)} by ${term.rules.join(', ')}.`)),
    el('div', { class: 'dial' }, el('label', { for: 'term-weight' }, 'Weight'), output, slider),
    el('div', { class: 'buttons' },
      el('button', {
        type: 'button', class: 'quiet', onclick: () => {
          slider.value = original;
          output.textContent = String(original);
          apply(() => state.weights.delete(term.term), `weight ${term.term}`);
        },
      }, 'Reset'),
      el('button', {
        type: 'button', class: 'quiet', onclick: () => {
          editor.hidePopover();
          draft({ term: term.term, ...toEffect(slider.valueAsNumber, original) });
        },
      }, 'Make a rule'),
      el('button', { type: 'button', class: 'quiet', onclick: () => editor.hidePopover() }, 'Close')));
  place(editor, chip);
  chip.dataset.open = 'true';
  slider.focus();
}

// The rule that does what the user did to a weight, or halves it.
const toEffect = (weight, original) => original === 0
  ? { effect: 'impact', amount: Math.max(1, weight) }
  : { effect: 'factor', amount: weight === original ? 0.5 : Number((weight / original).toFixed(2)) };

// Below the chip, and inside the window.
function place(editor, chip) {
  const box = chip.getBoundingClientRect();
  editor.showPopover();
  const width = editor.offsetWidth;
  editor.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
  editor.style.top = `${Math.min(box.bottom + 6, innerHeight - editor.offsetHeight - 8)}px`;
}
