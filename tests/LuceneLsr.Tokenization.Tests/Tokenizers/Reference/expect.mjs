// Writes cases.json. See README.md.
import { Tokenizer } from "@huggingface/tokenizers";
import fs from "fs";
import texts from "./sample.mjs";
const file = JSON.parse(fs.readFileSync("tokenizer.json", "utf8"));
const variant = changes => {
  const tokenizer = new Tokenizer({ ...structuredClone(file), post_processor: null, ...changes }, {});
  return text => [...tokenizer.encode(text, { add_special_tokens: false }).ids].map(Number);
};
const byteLevel = file.pre_tokenizer.pretokenizers[1];
const gpt2 = add_prefix_space => ({ normalizer: null, pre_tokenizer: { ...byteLevel, add_prefix_space, use_regex: true } });
const ours = variant({});
const plain = variant(gpt2(false)), prefixed = variant(gpt2(true));
const rows = texts.map(text => ({ text, split: ours(text), gpt2: plain(text), gpt2_prefixed: prefixed(text) }));
fs.writeFileSync("cases.json", "[\n" + rows.map(row => "  " + JSON.stringify(row)).join(",\n") + "\n]\n");
