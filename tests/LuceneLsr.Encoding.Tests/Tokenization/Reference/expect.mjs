// Writes cases.json; see README.md.
import { Tokenizer } from "@huggingface/tokenizers";
import fs from "fs";
import texts from "./sample.mjs";
const file = JSON.parse(fs.readFileSync("tokenizer.json", "utf8"));
const variant = changes => {
  const tokenizer = new Tokenizer({ ...structuredClone(file), post_processor: null, ...changes }, {});
  return text => [...tokenizer.encode(text, { add_special_tokens: false }).ids].map(Number);
};
const [split, byteLevel] = file.pre_tokenizer.pretokenizers;
const gpt2 = add_prefix_space => ({ normalizer: null, pre_tokenizer: { ...byteLevel, add_prefix_space, use_regex: true } });
// The library puts ByteLevel's space before every piece of the Split, ours before the text alone: so it is put here.
const ours = variant({ pre_tokenizer: { type: "Sequence", pretokenizers: [split, { ...byteLevel, add_prefix_space: false }] } });
const plain = variant(gpt2(false)), prefixed = variant(gpt2(true));
const rows = texts.map(text => ({ text, split: ours(text.startsWith(" ") ? text : " " + text), gpt2: plain(text), gpt2_prefixed: prefixed(text) }));
fs.writeFileSync("cases.json", "[\n" + rows.map(row => "  " + JSON.stringify(row)).join(",\n") + "\n]\n");
