// Trains a miniature of XLM-RoBERTa's SentencePiece model, converts it to tokenizer.json, and writes the ids of
// strings.json. See README.md. usage: node xlmr.mjs path/to/cranfield/corpus.jsonl
import { execFileSync } from "child_process";
import fs from "fs";
import os from "os";
import path from "path";
import zlib from "zlib";
import { Tokenizer } from "tokenizers";

const texts = JSON.parse(zlib.gunzipSync(fs.readFileSync("../Families/strings.json.gz")));
const write = (name, value) => fs.writeFileSync(name, zlib.gzipSync(value, { level: 9 }));

// Everyday strings of many scripts, and English sentences.
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "xlmr-")), file = path.join(folder, "xlmr.model");
const english = fs.readFileSync(process.argv[2], "utf8").trim().split("\n").slice(0, 500).flatMap(line => JSON.parse(line).text.split(" . "));
fs.writeFileSync(path.join(folder, "train.txt"),
  [...Array(20).fill(texts.slice(0, 110)).flat(), ...english].map(text => text.replace(/[\r\n\0]/g, " ")).join("\n"));
execFileSync("spm_train", [`--input=${folder}/train.txt`, `--model_prefix=${folder}/xlmr`, "--model_type=unigram", "--vocab_size=2000",
  "--character_coverage=0.9995", "--normalization_rule_name=nmt_nfkc"], { stdio: "ignore" });
const model = fs.readFileSync(file);
write("xlmr.model.gz", model);

// The fields of a protobuf message as [number, value].
const fieldsOf = buffer => {
  const fields = [];
  let at = 0;
  const varint = () => { let value = 0, scale = 1, byte; do { byte = buffer[at++]; value += (byte & 127) * scale; scale *= 128; } while (byte > 127); return value; };
  while (at < buffer.length) {
    const tag = varint(), kind = tag & 7;
    const length = kind === 2 ? varint() : kind === 5 ? 4 : 0;
    fields.push([tag >>> 3, kind === 0 ? varint() : buffer.subarray(at, at += length)]);
  }
  return fields;
};
const all = (fields, number) => fields.filter(([found]) => found === number).map(([, value]) => value);
const proto = fieldsOf(model);
const pieces = all(proto, 1).map(fieldsOf).map(piece => [all(piece, 1)[0].toString("utf8"), all(piece, 2)[0].readFloatLE()]);
const charsmap = all(fieldsOf(all(proto, 3)[0]), 2)[0].toString("base64");

// As the conversion of transformers (XLMRobertaConverter) and as published files.
const special = (id, content) => ({ id, content, single_word: false, lstrip: content === "<mask>", rstrip: false, normalized: false, special: true });
const vocab = [["<s>", 0], ["<pad>", 0], ["</s>", 0], ["<unk>", 0], ...pieces.slice(3), ["<mask>", 0]];
const specials = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"].map(token => special(vocab.findIndex(([piece]) => piece === token), token));
const metaspace = { type: "Metaspace", replacement: "▁", prepend_scheme: "always" };
const json = {
  version: "1.0", truncation: null, padding: null, added_tokens: specials,
  normalizer: {
    type: "Sequence",
    normalizers: [{ type: "Precompiled", precompiled_charsmap: charsmap }, { type: "Replace", pattern: { Regex: " {2,}" }, content: " " }],
  },
  pre_tokenizer: { type: "Sequence", pretokenizers: [{ type: "WhitespaceSplit" }, metaspace] },
  post_processor: {
    type: "TemplateProcessing",
    single: [{ SpecialToken: { id: "<s>", type_id: 0 } }, { Sequence: { id: "A", type_id: 0 } }, { SpecialToken: { id: "</s>", type_id: 0 } }],
    pair: [{ Sequence: { id: "A", type_id: 0 } }, { Sequence: { id: "B", type_id: 0 } }],
    special_tokens: { "<s>": { id: "<s>", ids: [0], tokens: ["<s>"] }, "</s>": { id: "</s>", ids: [2], tokens: ["</s>"] } },
  },
  decoder: null, model: { type: "Unigram", unk_id: 3, vocab },
};
write("xlmr.json.gz", JSON.stringify(json));

const variants = { xlmr: {}, xlmr_metaspace: { pre_tokenizer: { ...metaspace, split: true } } };
// This library never recognizes special tokens in a text: here they get a spelling that no text has.
const hidden = vocab.map(([piece, score]) => specials.some(({ content }) => content === piece) ? [`\u{10FFFD}${piece}`, score] : [piece, score]);
for (const [name, changes] of Object.entries(variants)) {
  const tokenizer = Tokenizer.fromString(JSON.stringify({ ...json, ...changes, added_tokens: [], post_processor: null, model: { ...json.model, vocab: hidden } }));
  const ids = [];
  for (const text of texts) ids.push((await tokenizer.encode(text, null, { addSpecialTokens: false })).getIds());
  write(`${name}.ids.json.gz`, JSON.stringify({ of: "xlmr", changes, ids }));
  console.log(name, vocab.length, "tokens,", ids.flat().length, "ids");
}
