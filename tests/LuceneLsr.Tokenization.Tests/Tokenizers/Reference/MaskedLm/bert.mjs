// Writes a BERT tokenizer reduced to the tokens of strings.json, and the ids of these strings. See README.md.
// usage: node bert.mjs path/to/minilm/tokenizer.json
import fs from "fs";
import zlib from "zlib";
import { Tokenizer, bertNormalizer, bertPreTokenizer } from "tokenizers";

const texts = JSON.parse(zlib.gunzipSync(fs.readFileSync("../Families/strings.json.gz")));
const whole = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const write = (name, value) => fs.writeFileSync(name, zlib.gzipSync(JSON.stringify(value), { level: 9 }));

const bert = changes => ({ normalizer: { ...whole.normalizer, ...changes } });
const variants = {
  bert: {},
  bert_cased: bert({ lowercase: false }),
  bert_accents: bert({ strip_accents: false }),
  bert_unclean: bert({ clean_text: false, handle_chinese_chars: false, lowercase: false, strip_accents: true }),
};

// This library never recognizes special tokens in a text.
const idsOf = async json => {
  const tokenizer = Tokenizer.fromString(JSON.stringify({ ...json, added_tokens: [] }));
  return Promise.all(texts.map(async text => (await tokenizer.encode(text, null, { addSpecialTokens: false })).getIds()));
};

// The implementation knows Unicode 8. Texts with punctuation or marks that it does not know have no expected ids.
const [normalizer, preTokenizer] = [bertNormalizer({ stripAccents: true, cleanText: false }), bertPreTokenizer()];
const isNewer = char =>
  (/\p{P}/u.test(char) && preTokenizer.preTokenizeString(`a${char}`).length === 1)
  || (/\p{Mn}/u.test(char) && normalizer.normalizeString(`a${char}`) !== "a");
const known = texts.map(text => ![...text.normalize("NFD")].some(isNewer));

const parts = new Set();
for (const text of new Set(texts.flatMap(text => [text, text.toLowerCase(), text.normalize("NFD").toLowerCase().replace(/\p{Mn}/gu, "")]))) {
  for (let from = 0; from < text.length; from++) {
    for (let to = from + 1; to <= Math.min(text.length, from + 20); to++) parts.add(text.slice(from, to));
  }
}
const kept = token => /^\[[A-Z]+\]$/.test(token) || parts.has(token.replace(/^##/, "")) || parts.has(token);
const small = structuredClone(whole);
small.model.vocab = Object.fromEntries(Object.entries(whole.model.vocab).filter(([token]) => kept(token)));
write("bert.json.gz", small);
for (const [name, changes] of Object.entries(variants)) {
  const ids = await idsOf({ ...whole, ...changes });
  if (JSON.stringify(ids) !== JSON.stringify(await idsOf({ ...small, ...changes }))) throw new Error(`${name}: the reduced tokenizer differs`);
  write(`${name}.ids.json.gz`, { of: "bert", changes, ids: ids.map((row, index) => known[index] ? row : null) });
  console.log(name, Object.keys(small.model.vocab).length, "tokens,", ids.flat().length, "ids,", known.filter(value => !value).length, "texts without");
}
