// The rules: list, draft, try, add, switch off, remove, undo. They are the server's, so they are not in the address.

import { get, post } from './api.js';
import { byId, el, engineNames } from './dom.js';
import { state } from './state.js';

const shownChanges = 12;
const minPValue = 0.001;
let version = '';
let onChange = () => {};
const field = name => byId(`rule-${name}`);

export function start(change) {
  onChange = change;
  byId('rule-form').addEventListener('submit', event => {
    event.preventDefault();
    add();
  });
  byId('rule-form').addEventListener('change', showKind);
  byId('rule-try').addEventListener('click', tryDraft);
  byId('rule-undo').addEventListener('click', () => changeRules('undo', {}));
  byId('rules').addEventListener('toggle', () => {
    if (byId('rules').open) {
      run(load);
      field('query').value ||= state.query;
    }
  });
  showKind();
  run(load);
}

/** Opens the form with a draft: for a term of the query, or for a document. */
export function draft(values) {
  byId('rules').open = true;
  byId('trial').replaceChildren();
  byId('rule-form').reset();
  byId('rule-kind-query').checked = !values.document;
  byId('rule-kind-document').checked = Boolean(values.document);
  for (const [name, value] of Object.entries({ query: state.query, ...values })) {
    field(name).value = value;
  }
  field('term').dataset.term = values.term ?? '';
  showKind();
  byId('rules').scrollIntoView({ block: 'nearest' });
  field(values.document ? 'term' : 'amount').focus();
}

async function load() {
  show(await get('api/rules'));
}

function show(answer) {
  version = answer.version;
  const enabled = answer.rules.filter(rule => rule.isEnabled).length;
  const count = answer.rules.length;
  byId('rules-summary').textContent = (count === 0 ? 'none' : `${enabled} of ${count} in use`)
    + (answer.file === null ? ', in memory: they end with the server' : `, in ${answer.file}`);
  byId('rules-problem').textContent = answer.problem ?? '';
  byId('rules-problem').hidden = answer.problem === null;
  byId('rule-undo').hidden = !answer.canUndo;
  byId('rule-list').replaceChildren(...answer.rules.map(createRule));
}

function createRule(rule) {
  return el('li', { class: rule.isEnabled ? '' : 'off' },
    el('span', { class: 'rule-text' },
      rule.document === null
        ? ['Queries with ', el('b', {}, rule.query)]
        : ['Document ', el('b', {}, rule.document)],
      ': ', el('b', {}, rule.term), ' ', describe(rule.effect), ' ',
      el('small', { class: 'muted' }, rule.id, rule.note ? ` · ${rule.note}` : ''),
      rule.problem !== null && el('p', { class: 'problem' }, rule.problem)),
    el('button', {
      type: 'button', class: 'link', 'aria-label': `${rule.isEnabled ? 'Disable' : 'Enable'} ${rule.id}`,
      onclick: () => changeRules(rule.isEnabled ? 'disable' : 'enable', { id: rule.id }),
    }, rule.isEnabled ? 'Disable' : 'Enable'),
    el('button', {
      type: 'button', class: 'link', 'aria-label': `Remove ${rule.id}`,
      onclick: () => changeRules('remove', { id: rule.id }),
    }, 'Remove'));
}

const describe = effect => effect === 'x 0' ? 'never matches' : effect.replace('x ', '× ');

function showKind() {
  const isDocument = byId('rule-kind-document').checked;
  const isFactor = field('effect').value === 'factor';
  for (const element of document.querySelectorAll('[data-kind]')) {
    element.hidden = element.dataset.kind !== (isDocument ? 'document' : 'query');
  }
  const amount = field('amount');
  [amount.min, amount.max, amount.step] = isDocument
    ? [-65535, 65535, 1]
    : isFactor ? [0, 1000, 'any'] : [1, 65535, 1];
}

function readDraft() {
  const amount = field('amount').valueAsNumber;
  const rule = { term: field('term').value.trim(), note: field('note').value.trim() || null };
  if (byId('rule-kind-document').checked) {
    return { ...toWord(rule), document: field('document').value.trim(), impact: amount };
  }
  const effect = field('effect').value === 'factor' ? { factor: amount } : { impact: amount };
  return { ...toWord(rule), query: field('query').value.trim(), ...effect };
}

// A term of the expansion is an index term; what a person types is a word.
const toWord = ({ term, ...rule }) =>
  field('term').dataset.term === term && term ? { ...rule, term } : { ...rule, word: term };

async function tryDraft() {
  if (!byId('rule-form').reportValidity()) {
    return;
  }
  const button = byId('rule-try');
  button.disabled = true;
  byId('trial').replaceChildren(el('p', { class: 'muted' }, 'Trying the rule on the judged queries …'));
  await run(async () => byId('trial').replaceChildren(createTrial(await post('api/rules/try', { rule: readDraft() }))));
  button.disabled = false;
}

function createTrial(trial) {
  if (trial.queries === 0) {
    return el('p', { class: 'muted' },
      'There are no judged queries to try the rule on. Serve with --collection to have some.');
  }
  return el('div', { class: 'trial-grid' }, trial.engines.map(engine => createEngineTrial(engine, trial.queries)));
}

function createEngineTrial(engine, queries) {
  const difference = engine.after - engine.before;
  return el('section', {},
    el('h3', {}, engineNames[engine.engine], ' ',
      el('small', { class: 'muted' }, `nDCG@10, ${queries} judged queries`)),
    el('p', {}, engine.before.toFixed(4), ' → ', el('strong', {}, engine.after.toFixed(4)), ' ',
      el('span', { class: difference > 0 ? 'up' : difference < 0 ? 'down' : 'muted' }, signed(difference)),
      el('small', { class: 'muted' },
        ` · p ${formatPValue(engine.pValue)}, ${engine.pValue < 0.05 ? '' : 'not '}significant`)),
    engine.changes.length === 0
      ? el('p', { class: 'muted' }, 'No judged query changes.')
      : el('table', {}, el('tbody', {}, engine.changes.slice(0, shownChanges).map(createChange))),
    engine.changes.length > shownChanges
      && el('p', { class: 'muted' }, `and ${engine.changes.length - shownChanges} more`));
}

const formatPValue = value => value < minPValue ? `< ${minPValue}` : `= ${value.toFixed(3)}`;

const createChange = change => el('tr', {},
  el('th', { scope: 'row' }, change.text),
  el('td', { class: 'number muted' }, `${change.before.toFixed(3)} → ${change.after.toFixed(3)}`),
  el('td', { class: `number ${change.after > change.before ? 'up' : 'down'}` },
    signed(change.after - change.before)));

const signed = value => value === 0 ? '±0' : `${value > 0 ? '+' : '−'}${Math.abs(value).toFixed(4)}`;

async function add() {
  if (await changeRules('', { rule: readDraft() })) {
    byId('trial').replaceChildren();
  }
}

async function changeRules(operation, body) {
  const isChanged = await run(async () =>
    show(await post(operation ? `api/rules/${operation}` : 'api/rules', { version, ...body })));
  if (isChanged) {
    onChange();
  }
  return isChanged;
}

/** Runs an operation and shows its failure next to the rules. */
async function run(work) {
  const error = byId('rules-error');
  try {
    error.hidden = true;
    await work();
    return true;
  } catch (failure) {
    if (failure.status === 409) {
      await load().catch(() => {});
    }
    error.textContent = failure.message;
    error.hidden = false;
    return false;
  }
}
