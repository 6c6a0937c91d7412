using CsCheck;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Tests.Support;

namespace LuceneLsr.Torch.Tests;

/// <summary>
/// Compares a table of query weights with a model whose weights depend on single tokens only.
/// </summary>
public sealed class InferenceFreeQueriesTests : IDisposable
{
    private static readonly (string Term, int[] Tokens, float Logit)[] Rows =
    [
        ("cat", [TinyTokenizer.Id("cat")], 3),
        ("dog", [TinyTokenizer.Id("dog")], 0.5f),
        ("movi", [TinyTokenizer.Id("movie")], 9),
        ("run", [TinyTokenizer.Id("run"), TinyTokenizer.Id("runs")], 1),
        ("tag", [TinyTokenizer.Id("tag")], 6),
        ("p", [TinyTokenizer.ByteId('p'), TinyTokenizer.ByteId('P')], 2),
        ("5", [TinyTokenizer.ByteId('5')], 20),
    ];

    private static readonly Gen<LsrSettings> Settings = Gen.Select(
        Gen.Bool, Gen.Int[1, 12], Gen.Int[1, 8], Gen.OneOf(0f, 1f, 2f), Gen.OneOf("", "tag"),
        (lowerCase, maxTokens, maxTerms, wholeWord, prefix) => TinyTermSpace.Settings with
        {
            LowerCase = lowerCase,
            MaxTokens = new(maxTokens, 100),
            MaxTerms = new(maxTerms, 100),
            WholeWordWeight = new(wholeWord, 0),
            Prefix = new(prefix, ""),
        });

    private static readonly Gen<string> Text = Gen.OneOf(
        "cat", "CAT", "cats", "dog", "movie", "film", "run", "runs", "Running", "tag", "p53", "P5", "x9", "-", " \n")
        .Array[0, 10].Select(words => string.Join(' ', words));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Query_table_of_lexical_model_encodes_like_the_model() =>
        Gen.Select(Settings, Text.Array[1, 5]).Sample((settings, texts) =>
        {
            WriteCheckpoint(settings);
            using var model = TorchSparseEncoder.Load(_folder.Path);
            using var table = InferenceFreeQueryEncoder.Load(_folder.Path);
            Assert.Equal(model.VocabularyId, table.VocabularyId);
            foreach (var text in texts)
            {
                Assert.Equal(Round(model.Query(text)), Round(table.Query(text)));
            }
        }, iter: 40, threads: 1);

    private void WriteCheckpoint(LsrSettings settings)
    {
        var lexical = new ChosenLogitsModel(
            [.. Rows.Select(row => row.Tokens.Select(token => (token, row.Logit)).ToArray())]);
        TinyCheckpoint.Write(_folder, lexical.Config, lexical.Weights, settings, Rows.Select(row => row.Term));
        new QueryWeights(Rows.Select(row => new TermWeight(row.Term, MathF.Log(1 + row.Logit)))).Save(_folder.Path);
    }

    private static IEnumerable<(string Term, float Weight)> Round(SparseVector vector) =>
        vector.Entries.Select(entry => (entry.Term, MathF.Round(entry.Weight, 4)));
}
