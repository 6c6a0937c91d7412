using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Encoders;

/// <summary>
/// Finds the word without which a term's weight is smallest (Li et al., "Understanding Neural Networks through
/// Representation Erasure", arXiv 1612.08220). It needs nothing but the weights of whole texts.
/// </summary>
/// <param name="computeRows">Computes the weights of the head's rows for the tokens of texts.</param>
/// <param name="cancellationToken">Checked between batches.</param>
internal sealed class ErasureSearch(
    Func<IReadOnlyList<IReadOnlyList<int>>, IEnumerable<ArraySegment<float>>> computeRows,
    CancellationToken cancellationToken)
{
    private const float MaxRest = 0.95f; // a word that takes less than 5 % of a weight does not explain it

    /// <summary>Finds words.</summary>
    /// <param name="windows">The windows, and the rows of interest of each.</param>
    /// <param name="texts">The texts of the windows.</param>
    /// <returns>The word of each row of each window, in the order of the rows; null if no word explains it.</returns>
    public IReadOnlyList<TextRange?[]> Find(
        IReadOnlyList<(TokenWindow Window, int[] Rows)> windows, IReadOnlyList<AlignedTokens> texts)
    {
        var words = windows.Select(target => FindWords(target.Window, texts[target.Window.Text])).ToList();
        var rests = words.ConvertAll(found => new float[found.Count][]);
        foreach (var batch in LengthBatches.Split(
            words.Index().SelectMany(window => window.Item.Select((word, index) => (
                Window: window.Index, Word: index, Tokens: Erase(windows[window.Index].Window, word.Tokens))))
                .Where(erased => erased.Tokens.Count > 0),
            erased => erased.Tokens.Count))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (erased, row) in batch.Zip(computeRows([.. batch.Select(erased => erased.Tokens)])))
            {
                rests[erased.Window][erased.Word] = Array.ConvertAll(windows[erased.Window].Rows, index => row[index]);
            }
        }

        return [.. windows.Select((target, window) => (TextRange?[])
            [.. target.Rows.Select((_, row) => Choose(words[window], rests[window], row))])];
    }

    private static TextRange? Choose(
        IReadOnlyList<(TextRange Range, HashSet<int> Tokens)> words, float[]?[] rests, int row)
    {
        if (words.Count <= 1)
        {
            return words.Count == 0 ? null : words[0].Range;
        }

        var weights = Array.ConvertAll(rests, rest => rest![row]);
        var min = weights.Index().MinBy(weight => weight.Item);
        return min.Item < MaxRest * weights.Max() ? words[min.Index].Range : null;
    }

    // The words of a window and their tokens, without punctuation.
    private static List<(TextRange Range, HashSet<int> Tokens)> FindWords(TokenWindow window, AlignedTokens text) =>
        [.. Enumerable.Range(0, window.Tokens.Count)
            .Select(token => (Token: token, Range: text.GetRange(window.Start + token)))
            .Where(token => token.Range is { } range && !range.GetText(text.Text).All(char.IsPunctuation))
            .GroupBy(token => WordRange.Extend(text.Text, token.Range!.Value), token => token.Token)
            .Select(word => (word.Key, word.ToHashSet()))];

    private static IReadOnlyList<int> Erase(TokenWindow window, HashSet<int> tokens) =>
        [.. window.Tokens.Where((_, index) => !tokens.Contains(index))];
}
