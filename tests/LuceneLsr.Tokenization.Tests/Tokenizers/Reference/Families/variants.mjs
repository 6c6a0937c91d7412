// The file of each tokenizer, and other pre-tokenizers used with its vocabulary.
const metaspace = (prepend_scheme, split) => ({ normalizer: null, pre_tokenizer: { type: "Metaspace", replacement: "▁", prepend_scheme, split } });
const byteLevel = changes => ({ type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true, ...changes });
const sequence = (...pretokenizers) => ({ pre_tokenizer: { type: "Sequence", pretokenizers } });

export const variants = {
  llama3: { of: "llama3", changes: {} },
  qwen3: { of: "qwen3", changes: {} },
  gpt2: { of: "gpt2", changes: {} },
  gpt2_prefixed: { of: "gpt2", changes: { pre_tokenizer: byteLevel({ add_prefix_space: true }) } },
  smollm: { of: "gpt2", changes: sequence({ type: "Digits", individual_digits: true }, byteLevel()) },
  llama2: { of: "llama2", changes: {} },
  llama2_metaspace: { of: "llama2", changes: metaspace("always", true) },
  mistral: { of: "mistral", changes: {} },
};
