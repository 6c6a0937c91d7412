using LuceneLsr.Tokenization.Terms;

namespace LuceneLsr.Tokenization.Encoders;

/// <summary>
/// Collects the maximum weight of each term over a text's windows and over the head's rows of that term, and adds
/// lexical weights.
/// </summary>
internal sealed class TermPool(int windows)
{
    private int _remainingWindows = windows;

    public Dictionary<string, float> Weights { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the window and the row of the head that gave each term its weight.</summary>
    public Dictionary<string, (TokenWindow Window, int Row)> Origins { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets whether all windows have been added.</summary>
    public bool IsComplete => _remainingWindows == 0;

    /// <summary>Adds the weights of a window.</summary>
    /// <param name="window">The window.</param>
    /// <param name="rows">The weight of each row of the head, which may have more rows than there are terms.</param>
    /// <param name="terms">The term of each row.</param>
    public void AddWindow(TokenWindow window, ReadOnlySpan<float> rows, TermVocabulary terms)
    {
        _remainingWindows--;
        for (var row = 0; row < Math.Min(rows.Length, terms.Count); row++)
        {
            if (rows[row] > 0 && terms[row] is { } term && rows[row] > Weights.GetValueOrDefault(term))
            {
                Weights[term] = rows[row];
                Origins[term] = (window, row);
            }
        }
    }

    /// <summary>Adds lexical weights to the weights of all windows.</summary>
    /// <param name="lexical">The rows of the terms that the text contains, and their weights.</param>
    /// <param name="terms">The term of each row.</param>
    public void AddLexicalWeights(IEnumerable<(int Row, float Weight)> lexical, TermVocabulary terms)
    {
        foreach (var (row, weight) in lexical)
        {
            var term = terms[row]!;
            Weights[term] = Weights.GetValueOrDefault(term) + weight;
        }
    }
}
