namespace LuceneLsr.Tools.Benchmarks.Encoders;

/// <summary>A batch to measure: texts of one length, of random tokens.</summary>
/// <param name="Texts">Number of texts.</param>
/// <param name="Length">Tokens of each.</param>
internal sealed record BatchShape(int Texts, int Length)
{
    /// <summary>A query, documents and long documents.</summary>
    public static IReadOnlyList<BatchShape> All { get; } = [new(1, 32), new(32, 128), new(8, 512)];

    /// <summary>Texts and tokens, as in "32x128".</summary>
    public string Size => $"{Texts}x{Length}";

    public int Tokens => Texts * Length;

    /// <summary>The texts' tokens, the same ones each time.</summary>
    public int[][] Draw(int vocabulary)
    {
        var random = new Random(Tokens);
        return [.. Enumerable.Range(0, Texts).Select(_ =>
            Enumerable.Range(0, Length).Select(_ => random.Next(vocabulary)).ToArray())];
    }
}
