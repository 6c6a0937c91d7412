// Writes the SentencePiece model of the full Mistral vocabulary and the ids of strings.json. See README.md.
import { SentencePieceProcessor } from "@agnai/sentencepiece-js";
import fs from "fs";
import os from "os";
import path from "path";
import { families, readGzip, writeGzip } from "./families.mjs";

// Minimal protobuf writer for sentencepiece_model.proto: a varint, or a length and bytes.
const varint = value => value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
const number = (field, value) => Buffer.from([...varint(field << 3), ...varint(value)]);
const bytes = (field, value) => Buffer.concat([Buffer.from([...varint((field << 3) | 2), ...varint(value.length)]), value]);
const float = (field, value) => { const bits = Buffer.alloc(4); bits.writeFloatLE(value); return Buffer.concat([Buffer.from([(field << 3) | 5]), bits]); };

const types = { normal: 1, unknown: 2, control: 3, byte: 6 };
const typeOf = (piece, id) => id === 0 ? types.unknown : id < 3 ? types.control : id < 259 ? types.byte : types.normal;
const scoreOf = (piece, id) => id < 259 ? 0 : /^▁+$/.test(piece) ? -1e9 : 259 - id; // as in the published model
const pieces = Object.entries(families.mistral.json().model.vocab).sort(([, a], [, b]) => a - b).map(([piece, id]) =>
  bytes(1, Buffer.concat([bytes(1, Buffer.from(piece)), float(2, scoreOf(piece, id)), number(3, typeOf(piece, id))])));
const trainer = Buffer.concat([number(3, 2), number(35, 1), number(40, 0), number(41, 1), number(42, 2)]); // BPE, byte_fallback, <unk> <s> </s>
const normalizer = Buffer.concat([bytes(1, Buffer.from("identity")), number(3, 1), number(4, 0), number(5, 1)]); // dummy prefix, spaces kept and escaped
const model = Buffer.concat([...pieces, bytes(2, trainer), bytes(3, normalizer)]);

const file = path.join(os.tmpdir(), "mistral.model");
fs.writeFileSync(file, model);
const processor = new SentencePieceProcessor();
await processor.load(file);
const ids = readGzip("strings.json.gz").map(text => [...processor.encodeIds(text)]);
writeGzip("mistral.model.gz", model);
writeGzip("mistral.model.ids.json.gz", JSON.stringify(ids));
console.log(pieces.length, "pieces,", ids.flat().length, "ids");
