namespace LuceneLsr.Torch;

/// <summary>Batches of sequences of about the same length, the longest first, so that little is spent on padding.</summary>
internal static class LengthBatches
{
    private const int BatchTokens = 4096; // bounds the hidden states
    private const int BatchTexts = 64;    // bounds the weights, [texts, output]

    public static IEnumerable<List<T>> Of<T>(IEnumerable<T> sequences, Func<T, int> lengthOf)
    {
        var batch = new List<T>();
        foreach (var sequence in sequences.OrderByDescending(lengthOf))
        {
            if (batch.Count == BatchTexts || (batch.Count > 0 && (batch.Count + 1) * lengthOf(batch[0]) > BatchTokens))
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
