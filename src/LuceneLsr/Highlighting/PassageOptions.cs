namespace LuceneLsr.Highlighting;

/// <summary>How the passages of a text are found.</summary>
public sealed record PassageOptions
{
    /// <summary>Gets the maximum number of passages of a text.</summary>
    public int MaxPassages
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(MaxPassages), value, "The maximum number of passages must be at least 1.");
    } = 2;

    /// <summary>Gets the number of chars, from the start of a text, in which passages are looked for.</summary>
    public int MaxLength
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(MaxLength), value, "The maximum length must be at least 1.");
    } = 10_000;

    /// <summary>
    /// Gets whether words are those that give the text its score. The whole text is encoded with its sources, which takes
    /// longer than to encode its sentences and find sources only within the passages.
    /// </summary>
    public bool IsExact { get; init; }

    /// <summary>Gets the function that splits a text into sentences. Default: <see cref="Sentences.Split"/>.</summary>
    public Func<string, IEnumerable<TextRange>> SplitIntoSentences { get; init; } = Sentences.Split;
}
