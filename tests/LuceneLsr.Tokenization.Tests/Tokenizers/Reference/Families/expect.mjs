// Writes the reduced tokenizers and the ids of strings.json. See README.md.
import { Tokenizer } from "tokenizers";
import { families, readGzip, writeGzip } from "./families.mjs";
import { variants } from "./variants.mjs";

const texts = readGzip("strings.json.gz");

// This library never recognizes special tokens in a text. It recognizes the other added tokens, whose ids
// tokenizers takes from the vocabulary or appends to it.
const plain = ({ added_tokens, model, ...json }) => {
  const recognized = added_tokens.filter(token => !token.special);
  const vocab = { ...model.vocab, ...Object.fromEntries(recognized.map(({ content, id }) => [content, id])) };
  return { ...json, added_tokens: recognized, model: { ...model, vocab } };
};
const idsOf = async json => {
  const tokenizer = Tokenizer.fromString(JSON.stringify({ version: "1.0", truncation: null, padding: null, ...plain(json) }));
  return Promise.all(texts.map(async text => (await tokenizer.encode(text, null, { addSpecialTokens: false })).getIds()));
};

// All tokens that BPE can form in one of the texts, with the ids and the merge order of the full vocabulary.
const reduced = (json, alphabet) => {
  const { vocab, merges } = json.model, longest = Object.keys(vocab).reduce((most, piece) => Math.max(most, piece.length), 0), parts = new Set();
  for (const text of new Set(texts.flatMap(text => [text, text.normalize("NFC")]))) {
    const written = alphabet(text);
    for (let from = 0; from < written.length; from++) {
      for (let to = from + 1; to <= Math.min(written.length, from + longest); to++) parts.add(written.slice(from, to));
    }
  }
  const kept = piece => [...piece].length === 1 || /^<(unk|\/?s|0x..)>$/.test(piece) || parts.has(piece);
  json.model.vocab = Object.fromEntries(Object.entries(vocab).filter(([piece]) => kept(piece)));
  json.model.merges = merges.filter(merge => kept((typeof merge === "string" ? merge.split(" ") : merge).join("")));
  return json;
};

for (const [name, { json, alphabet }] of Object.entries(families)) {
  const small = reduced(json(), alphabet);
  writeGzip(`${name}.json.gz`, JSON.stringify(small));
  for (const [variant, { changes }] of Object.entries(variants).filter(([, { of }]) => of === name)) {
    const ids = await idsOf({ ...json(), ...changes });
    if (JSON.stringify(ids) !== JSON.stringify(await idsOf({ ...small, ...changes }))) throw new Error(`${variant}: the reduced tokenizer differs`);
    writeGzip(`${variant}.ids.json.gz`, JSON.stringify({ of: name, changes, ids }));
    console.log(variant, Object.keys(small.model.vocab).length, "tokens,", small.model.merges.length, "merges,", ids.flat().length, "ids");
  }
}
