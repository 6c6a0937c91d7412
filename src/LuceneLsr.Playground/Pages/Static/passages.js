// Passages that explain learned matches. They take longer than the search, so they replace the snippets later.

import { post } from './api.js';
import { el } from './dom.js';
import { createSearch } from './terms.js';

const atOnce = 4;

/** Draws segments of a text: the parts that match are marked, and name the terms that they match. */
export const drawSegments = segments => segments.map(segment => segment.terms === null
  ? segment.text
  : el('mark', { title: `matches ${segment.terms.join(', ')}` }, segment.text));

/** Replaces titles and snippets of the learned rankings, the first hits first. */
export async function load(answer, signal) {
  const rankings = answer.rankings.filter(ranking => ranking.engine !== 'bm25');
  const ids = [...new Set(rankings.flatMap(ranking => ranking.hits.map(hit => [hit.rank, hit.id]))
    .sort(([left], [right]) => left - right).map(([, id]) => id))];
  const search = createSearch();
  for (let start = 0; start < ids.length && !signal.aborted; start += atOnce) {
    const found = await post('api/passages', { ids: ids.slice(start, start + atOnce), search }, signal);
    found.forEach(replace);
  }
}

function replace(passages) {
  for (const hit of document.querySelectorAll(`.hit:not([data-engine="bm25"])[data-id="${CSS.escape(passages.id)}"]`)) {
    if (passages.title.length > 0) {
      hit.querySelector('h3').replaceChildren(...drawSegments(passages.title));
    }
    if (passages.text.length > 0) {
      hit.querySelector('.snippet').replaceChildren(...drawSegments(passages.text));
    }
  }
}
