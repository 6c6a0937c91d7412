namespace LuceneLsr.Tokenization.Encoders;

/// <summary>Splits sequences into batches of similar length, longest first, to keep padding small.</summary>
internal static class LengthBatches
{
    private const int MaxTokens = 4096; // limits the hidden states
    private const int MaxTexts = 64;    // limits the weights, [texts, output]

    public static IEnumerable<List<T>> Split<T>(IEnumerable<T> sequences, Func<T, int> getLength)
    {
        var batch = new List<T>();
        foreach (var sequence in sequences.OrderByDescending(getLength))
        {
            if (batch.Count == MaxTexts || (batch.Count > 0 && (batch.Count + 1) * getLength(batch[0]) > MaxTokens))
            {
                yield return batch;
                batch = [];
            }

            batch.Add(sequence);
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
