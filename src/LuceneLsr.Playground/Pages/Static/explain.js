// Why a document matched: what each term contributes, what is missing, and the whole text.

import { post } from './api.js';
import { el, engineNames, formatInteger, formatScore } from './dom.js';
import { draft } from './rules.js';
import { createSearch } from './terms.js';

const maxTextLength = 5000;

export async function createExplanation(hit, engine) {
  let answer;
  try {
    answer = await post('api/explain', { id: hit.id, search: createSearch() });
  } catch (error) {
    return el('p', { class: 'problem' }, error.message);
  }
  const score = answer.scores.find(other => other.engine === engine);
  return el('div', {},
    createTable(score, engine),
    engine === 'hybrid' && answer.scores.filter(other => other.engine !== 'hybrid').map(other =>
      el('div', {}, el('h4', {}, engineNames[other.engine]), createTable(other, other.engine))),
    engine !== 'bm25' && answer.missing.length > 0 && el('p', { class: 'missing' },
      el('span', { class: 'muted' }, 'Query terms that it lacks: '), answer.missing.join(', ')),
    el('button', {
      type: 'button', class: 'link', onclick: () => draft({ document: hit.id, amount: 80 }),
    }, 'Make a rule for this document'),
    answer.document.text && el('details', {},
      el('summary', {}, 'Text'), el('p', { class: 'text' }, shorten(answer.document.text))));
}

function createTable(score, engine) {
  if (score.reasons.length === 0) {
    return el('p', { class: 'muted' }, `${engineNames[engine]} does not match it.`);
  }
  const top = Math.max(...score.reasons.map(reason => Math.abs(reason.score)));
  return el('table', {},
    el('caption', {}, engine === 'lsr'
      ? 'Query weight × document weight'
      : engine === 'hybrid' ? 'Weight × z-score' : 'Score of each word'),
    el('tbody', {}, score.reasons.map(reason => createRow(reason, engine, top))),
    el('tfoot', {}, el('tr', {}, el('th', { scope: 'row' }, 'Sum'), el('td'),
      el('td', { class: 'number' }, formatScore(score.score, engine)))));
}

function createRow(reason, engine, top) {
  const bar = el('span', { class: `bar-fill${reason.score < 0 ? ' negative' : ''}` });
  bar.style.setProperty('--share', String(Math.abs(reason.score) / top));
  return el('tr', {},
    el('th', { scope: 'row' }, engine === 'hybrid' ? engineNames[reason.term] : reason.term),
    el('td', { class: 'bar-cell' }, bar, reason.query !== null && el('small', { class: 'muted' },
      `${formatInteger(reason.query)} × ${formatInteger(reason.document)}`
      + (reason.stored === null ? '' : ` (rule, was ${formatInteger(reason.stored)})`))),
    el('td', { class: 'number' }, formatScore(reason.score, engine)));
}

const shorten = text => text.length <= maxTextLength ? text : `${text.slice(0, maxTextLength)} …`;
