using LuceneLsr.Evaluation.Collections;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Evaluation.Tests.Support;

/// <summary>A collection of 60 documents and 8 queries for <see cref="TermListEncoder"/>, with random judgments.</summary>
internal static class RandomCollection
{
    public static BeirCollection Load(int seed = 1, int queries = 8)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(seed);
        folder.WriteLines("corpus.jsonl", [.. Enumerable.Range(0, 60).Select(
            document => $$"""{"_id":"d{{document}}","text":"{{CreateText(random, 8)}}"}""")]);
        folder.WriteLines("queries.jsonl", [.. Enumerable.Range(0, queries).Select(
            query => $$"""{"_id":"q{{query}}","text":"{{CreateText(random, 6)}}"}""")]);
        folder.WriteLines("qrels/test.tsv", [.. Enumerable.Range(0, queries)
            .SelectMany(query => Enumerable.Range(0, 12).Select(
                judged => (query, Document: (judged * 5) + random.Next(5))))
            .Select(judged => $"q{judged.query}\td{judged.Document}\t{random.Next(3)}")
            .Prepend("query-id\tcorpus-id\tscore")]);
        return BeirCollection.Load(folder.Path, "test");
    }

    private static string CreateText(Random random, int terms)
    {
        var chosen = Enumerable.Range(0, 20).ToArray();
        random.Shuffle(chosen);
        return TermListEncoder.Text(chosen.Take(terms).Select(
            term => ($"t{term}", MathF.Round(random.NextSingle() * 3, 3))));
    }
}
