using LuceneLsr.VectorFiles.Vocabularies;

namespace LuceneLsr.VectorFiles.Exports;

/// <summary>How many terms of a corpus a format keeps.</summary>
/// <param name="Terms">The number of terms that are kept.</param>
/// <param name="DroppedTerms">The number of rarest terms that are left out.</param>
/// <param name="DroppedEntries">
/// The share of all entries of document vectors that are left out with them, 0 to 1.
/// </param>
public sealed record VocabularySummary(int Terms, int DroppedTerms, double DroppedEntries)
{
    internal static VocabularySummary Create(CorpusVocabulary corpus, CorpusVocabulary kept) => new(
        kept.Terms.Count,
        corpus.Terms.Count - kept.Terms.Count,
        kept.Terms.Count == corpus.Terms.Count ? 0 : 1 - (CountEntries(kept) / CountEntries(corpus)));

    private static double CountEntries(CorpusVocabulary vocabulary) =>
        vocabulary.Terms.Sum(term => (double)term.Documents);
}
