using LuceneLsr.Tokenization.Terms;

namespace LuceneLsr.Torch;

/// <summary>The largest weight of each term over a text's windows, and over the rows of the head that share it.</summary>
internal sealed class TermPool(int windowsLeft)
{
    private int _windowsLeft = windowsLeft;

    public Dictionary<string, float> Weights { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether all windows are in.</summary>
    public bool IsComplete => _windowsLeft == 0;

    /// <summary>Adds a window's weights.</summary>
    /// <param name="rows">A weight for each row of the head, of which there may be more than terms.</param>
    /// <param name="terms">The rows' terms.</param>
    public void Add(ReadOnlySpan<float> rows, TermVocabulary terms)
    {
        _windowsLeft--;
        for (var row = 0; row < Math.Min(rows.Length, terms.Count); row++)
        {
            if (rows[row] > 0 && terms[row] is { } term)
            {
                Weights[term] = Math.Max(rows[row], Weights.GetValueOrDefault(term));
            }
        }
    }
}
