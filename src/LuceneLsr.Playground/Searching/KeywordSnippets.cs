using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Highlighting;
using LuceneLsr.Playground.Messages;

namespace LuceneLsr.Playground.Searching;

/// <summary>Finds the sentence of a text that has the most words of a query.</summary>
internal static class KeywordSnippets
{
    /// <summary>Returns the sentence; the first one if none has a word; nothing for an empty text.</summary>
    public static IReadOnlyList<Segment> Find(string query, string text)
    {
        var words = Bm25Index.FindWords(query, text);
        return Sentences.Split(text).ToList() is { Count: > 0 } sentences
            && sentences.MaxBy(sentence => words.Where(word => IsIn(word.Range, sentence))
                .DistinctBy(word => word.Term).Count()) is var best
            ? [.. Segments.Cut(text, best, words.Select(word => new MatchedWord(word.Range, Share: 0, [word.Term])))]
            : [];
    }

    private static bool IsIn(TextRange word, TextRange sentence) =>
        word.Start >= sentence.Start && word.End <= sentence.End;
}
