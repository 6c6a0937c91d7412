// The rankings, side by side.

import { byId, el, engineNames, formatInteger, formatScore, formatTime } from './dom.js';
import { createExplanation } from './explain.js';
import { drawSegments } from './passages.js';
import { state, write } from './state.js';

const titles = { bm25: 'keywords', lsr: 'learned sparse retrieval', hybrid: 'both, fused' };

export function start() {
  byId('tabs').addEventListener('change', event => {
    state.column = event.target.value;
    write('column');
    showColumn();
  });
  for (const [event, isOn] of [['pointerover', true], ['pointerout', false], ['focusin', true], ['focusout', false]]) {
    byId('results').addEventListener(event, change => link(change.target.closest?.('.hit'), isOn));
  }
}

/** Marks the same document in the other rankings. */
function link(hit, isOn) {
  if (hit) {
    document.querySelectorAll(`.hit[data-id="${CSS.escape(hit.dataset.id)}"]`)
      .forEach(other => other.classList.toggle('linked', isOn));
  }
}

export function draw(answer) {
  const engines = answer.rankings.map(ranking => ranking.engine);
  if (!engines.includes(state.column)) {
    state.column = engines[0];
  }
  const focused = document.activeElement?.closest?.('.hit')?.dataset;
  const focusedKey = focused && `${focused.engine}:${focused.id}`;
  byId('results').replaceChildren(...answer.rankings.map(createColumn));
  byId('results').dataset.count = String(engines.length);
  drawTabs(answer.rankings);
  showColumn();
  if (focusedKey) {
    [...document.querySelectorAll('.hit')]
      .find(hit => `${hit.dataset.engine}:${hit.dataset.id}` === focusedKey)?.focus();
  }
}

export function clear() {
  byId('results').replaceChildren();
  byId('tabs').hidden = true;
}

function drawTabs(rankings) {
  const tabs = byId('tabs');
  tabs.hidden = rankings.length < 2;
  const hadFocus = tabs.contains(document.activeElement);
  tabs.replaceChildren(tabs.querySelector('legend'), ...rankings.map(ranking => el('label', {},
    el('input', { type: 'radio', name: 'column', value: ranking.engine, checked: ranking.engine === state.column }),
    el('span', {}, engineNames[ranking.engine],
      ranking.ndcg !== null && el('small', {}, ranking.ndcg.toFixed(2))))));
  if (hadFocus) {
    tabs.querySelector('input:checked')?.focus();
  }
}

function showColumn() {
  document.querySelectorAll('.column').forEach(column => {
    column.classList.toggle('shown', column.dataset.engine === state.column);
  });
  document.querySelectorAll('#tabs input').forEach(input => { input.checked = input.value === state.column; });
}

function createColumn(ranking) {
  const id = `title-${ranking.engine}`;
  return el('section', { class: 'column', 'data-engine': ranking.engine, 'aria-labelledby': id },
    el('div', { class: 'column-head' },
      el('h2', { id }, engineNames[ranking.engine], ' ', el('small', { class: 'muted' }, titles[ranking.engine])),
      ranking.ndcg !== null && el('p', { class: 'ndcg' },
        el('small', { class: 'muted' }, 'nDCG@10 '), el('strong', {}, ranking.ndcg.toFixed(3))),
      el('p', { class: 'cost muted' },
        ranking.found !== null && `${formatInteger(ranking.found)} found · `,
        `${formatTime(ranking.milliseconds)} · ${formatInteger(ranking.postings)} postings`),
      ranking.relevantFound !== null && el('p', { class: 'cost good', title: 'Relevant documents among the first 10' },
        `${ranking.relevantFound} relevant`)),
    ranking.hits.length === 0
      ? el('p', { class: 'empty' }, 'No document shares a term with this query.')
      : el('ol', { class: 'hits' }, ranking.hits.map(hit => createHit(hit, ranking))));
}

function createHit(hit, ranking) {
  const key = `${ranking.engine}:${hit.id}`;
  const explanation = el('div', { class: 'explanation', hidden: true });
  const why = el('button', {
    type: 'button', class: 'link why', 'aria-expanded': 'false', 'aria-label': `Why ${hit.title || hit.id} matched`,
    onclick: () => toggle(state.open !== key),
  }, 'Why');
  const item = el('li', {
    class: `hit${hit.grade > 0 ? ' relevant' : ''}`, tabIndex: -1, 'data-id': hit.id, 'data-engine': ranking.engine,
  },
  el('span', { class: 'rank', 'aria-hidden': 'true' }, String(hit.rank)),
  el('div', { class: 'hit-body' },
    el('div', { class: 'hit-head' },
      el('h3', {}, hit.title || hit.id),
      el('span', { class: 'score' }, formatScore(hit.score, ranking.engine))),
    el('p', { class: 'meta' },
      el('span', { class: 'id' }, hit.id),
      hit.grade > 0 && el('span', { class: 'badge', title: `Judged relevant, grade ${hit.grade}` },
        hit.grade > 1 ? `relevant, grade ${hit.grade}` : 'relevant'),
      hit.grade !== null && hit.grade <= 0
        && el('span', { class: 'badge no', title: 'Judged not relevant' }, 'not relevant'),
      Object.entries(hit.ranks).filter(([engine]) => engine !== ranking.engine).map(createRank)),
    hit.snippet.length > 0 && el('p', { class: 'snippet' }, drawSegments(hit.snippet)),
    el('div', { class: 'reasons' },
      el('p', {}, hit.reasons.map(reason => createReason(reason, ranking.engine))), why),
    explanation));

  const toggle = isOpen => {
    state.open = isOpen ? key : '';
    write('open');
    document.querySelectorAll('.why').forEach(other => other.dispatchEvent(new Event('show')));
  };
  const show = async () => {
    const isOpen = state.open === key;
    if (isOpen !== explanation.hidden) {
      return;
    }
    why.setAttribute('aria-expanded', String(isOpen));
    explanation.hidden = !isOpen;
    if (isOpen) {
      explanation.replaceChildren(await createExplanation(hit, ranking.engine));
    }
  };
  why.addEventListener('show', show);
  show();
  return item;
}

const createRank = ([engine, rank]) => el('span', {
  class: `other${rank === null ? ' none' : ''}`,
  title: rank === null
    ? `Not among the first 1,000 of ${engineNames[engine]}`
    : `Rank ${rank} in ${engineNames[engine]}`,
}, `${engineNames[engine]} ${rank === null ? '–' : formatInteger(rank)}`);

const createReason = (reason, engine) => el('span', {
  class: 'reason',
  title: reason.query === null
    ? ''
    : `query ${formatInteger(reason.query)} × document ${formatInteger(reason.document)}`,
}, engine === 'hybrid' ? engineNames[reason.term] : reason.term, ' ',
el('b', {}, formatScore(reason.score, engine)));
