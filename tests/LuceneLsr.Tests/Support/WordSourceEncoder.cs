using System.Text.RegularExpressions;

namespace LuceneLsr.Tests.Support;

/// <summary>
/// Gives each word of letters the weight 1, and its related terms 0.5, with the first such word as source. Records the
/// texts that it encodes with and without sources.
/// </summary>
internal sealed partial class WordSourceEncoder : ISourceEncoder
{
    private static readonly Dictionary<string, string[]> Related = new()
    {
        ["film"] = ["movie", "cinema"], ["feline"] = ["cat"], ["dog"] = ["cat"],
    };

    public string VocabularyId => "words";

    public List<string> Encoded { get; } = [];

    public List<string> Sourced { get; } = [];

    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
    {
        Encoded.AddRange(texts);
        return [.. texts.Select(text => Find(text).Vector)];
    }

    public IReadOnlyList<SourcedVector> EncodeWithSources(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
    {
        Sourced.AddRange(texts);
        return [.. texts.Select(Find)];
    }

    public void Dispose()
    {
    }

    private static SourcedVector Find(string text)
    {
        var sources = Word().Matches(text)
            .SelectMany(match => Related.GetValueOrDefault(match.Value.ToLowerInvariant(), [])
                .Select(term => new TermSource(
                    term, 0.5f, TermKind.Expansion, 0, new TextRange(match.Index, match.Length)))
                .Prepend(new TermSource(
                    match.Value.ToLowerInvariant(), 1, TermKind.Own, 0, new TextRange(match.Index, match.Length))))
            .OrderByDescending(source => source.Weight).DistinctBy(source => source.Term).ToList();
        var vector = new SparseVector(sources.Select(source => new TermWeight(source.Term, source.Weight)));
        return new(vector, [.. vector.Entries.Select(entry => sources.Single(source => source.Term == entry.Term))]);
    }

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();
}
