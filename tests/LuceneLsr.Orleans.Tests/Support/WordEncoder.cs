namespace LuceneLsr.Orleans.Tests.Support;

/// <summary>An encoder that gives each word of a text the weight 1, and notes how many texts it gets at once.</summary>
internal sealed class WordEncoder : ISparseEncoder
{
    private readonly Lock _gate = new();

    public int LargestBatch { get; private set; }

    public string VocabularyId => "words";

    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
    {
        Thread.Sleep(20); // so that other queries arrive meanwhile
        lock (_gate)
        {
            LargestBatch = Math.Max(LargestBatch, texts.Count);
        }

        return [.. texts.Select(text => new SparseVector(
            text.Split(' ').Distinct().Select(word => new TermWeight(word, 1))))];
    }

    public void Dispose()
    {
    }
}
