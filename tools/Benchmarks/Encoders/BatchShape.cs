namespace LuceneLsr.Tools.Benchmarks.Encoders;

/// <summary>A batch to measure: texts of one length, made of random tokens.</summary>
/// <param name="Texts">The number of texts.</param>
/// <param name="Length">The number of tokens per text.</param>
internal sealed record BatchShape(int Texts, int Length)
{
    /// <summary>Gets all shapes: a query, documents and long documents.</summary>
    public static IReadOnlyList<BatchShape> All { get; } = [new(1, 32), new(32, 128), new(8, 512)];

    /// <summary>Gets the shape as texts x tokens, for example "32x128".</summary>
    public string Name => $"{Texts}x{Length}";

    public int Tokens => Texts * Length;

    /// <summary>Generates the token ids of the texts. Every call returns the same ids.</summary>
    public int[][] CreateTokens(int vocabulary)
    {
        var random = new Random(Tokens);
        return [.. Enumerable.Range(0, Texts).Select(_ =>
            Enumerable.Range(0, Length).Select(_ => random.Next(vocabulary)).ToArray())];
    }
}
