using CsCheck;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using LuceneLsr.Documents;
using LuceneLsr.Search;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Search;

public class IdfWeightsTests
{
    private static readonly string[] Words = ["cat", "dog", "film"];
    private static readonly string[] Terms = [.. Words, "cat"];

    /// <summary>
    /// Documents given by their terms, or null without the field. Some start a new segment afterwards.
    /// </summary>
    private static readonly Gen<(string[]? Terms, bool Flush)[]> Documents = Gen.Select(
        Gen.Frequency((4, Gen.Shuffle(Words, 0, Words.Length)), (1, Gen.Const((string[]?)null))), Gen.Bool)
        .Array[0, 12];

    [Fact]
    public void Compute_returns_saturated_idf_over_documents_with_field() =>
        Gen.Select(Documents, IndexStorage.Any).Sample((documents, storage) =>
        {
            using var index = Index(storage, [(["cat"], false), .. documents]);
            string[][] filled =
                [["cat"], .. documents.Select(document => document.Terms ?? []).Where(terms => terms.Length > 0)];
            var weights = Compute(index.Open().IndexReader);
            foreach (var word in Words)
            {
                double n = filled.Length, df = filled.Count(terms => terms.Contains(word));
                Assert.Equal(Math.Log(1 + Math.Log(1 + (n - df + 0.5) / (df + 0.5))), weights[word], 1e-6);
            }

            Assert.Equal(Words.Length, weights.Count);
        }, iter: 100);

    [Fact]
    public void Compute_after_new_documents_depends_on_reader_snapshot()
    {
        using var index = Index(IndexStorage.Default, (["cat"], false), (["dog"], false));
        var reader = index.Open().IndexReader;
        var before = Compute(reader);
        index.Add("new", Body("dog"));
        Assert.Equal(before["dog"], Compute(reader)["dog"]);
        var after = Compute(index.Open().IndexReader);
        Assert.True(after["dog"] < after["cat"]);
        Assert.Equal(before["cat"], before["dog"]);
    }

    [Theory]
    [InlineData("title")]
    [InlineData("nowhere")]
    public void Compute_for_field_without_terms_throws(string field)
    {
        using var index = Index(IndexStorage.Default, (["cat"], false));
        index.Add("other", new ImpactField("title", SparseVector.Empty, ImpactScale.Identity));
        var error = Assert.Throws<ArgumentException>(() => Compute(index.Open().IndexReader, field));
        Assert.Contains($"'{field}'", error.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, float> Compute(IndexReader reader, string field = ImpactIndex.Body) =>
        IdfWeights.Compute(reader, field, Terms).ToDictionary(entry => entry.Term, entry => entry.Weight);

    private static ImpactIndex Index(IndexStorage storage, params (string[]? Terms, bool Flush)[] documents)
    {
        var index = new ImpactIndex(new KeywordAnalyzer(), storage: storage);
        foreach (var (number, (terms, flush)) in documents.Index())
        {
            index.Add($"{number}", terms is null ? [] : [Body(terms)]);
            if (flush)
            {
                index.Writer.Commit();
            }
        }

        return index;
    }

    private static ImpactField Body(params string[] terms) => new(
        ImpactIndex.Body, new SparseVector(terms.Select(term => new TermWeight(term, 2))), ImpactScale.Identity);
}
