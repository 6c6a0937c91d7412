namespace LuceneLsr.Highlighting;

/// <summary>Scores vectors for a query, and finds the words that contribute.</summary>
/// <param name="query">The impacts of the query's terms.</param>
/// <param name="scale">Converts the weights of texts to impacts.</param>
internal sealed class QueryMatcher(SparseVector query, ImpactScale scale)
{
    private readonly Dictionary<string, float> _query =
        query.Entries.ToDictionary(entry => entry.Term, entry => entry.Weight, StringComparer.Ordinal);

    /// <summary>Computes the score of a vector.</summary>
    public double Score(SparseVector vector) => vector.Entries.Sum(Score);

    /// <summary>Finds the words that produced terms of the query, in the order of the text.</summary>
    public IReadOnlyList<MatchedWord> FindWords(SourcedVector text)
    {
        var score = Score(text.Vector);
        return
        [
            .. text.Sources
                .Select(source => (Source: source, Score: Score(new TermWeight(source.Term, source.Weight))))
                .Where(term => term.Score > 0 && term.Source.Word is not null)
                .GroupBy(term => term.Source.Word!.Value)
                .OrderBy(word => word.Key.Start).ThenBy(word => word.Key.Length)
                .Select(word => new MatchedWord(
                    word.Key,
                    word.Sum(term => term.Score) / score,
                    [.. word.OrderByDescending(term => term.Score).Select(term => term.Source.Term)])),
        ];
    }

    private double Score(TermWeight entry) =>
        _query.TryGetValue(entry.Term, out var weight) ? (double)weight * scale.Quantize(entry.Weight) : 0;
}
