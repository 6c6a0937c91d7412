namespace LuceneLsr.Training.Tests.Support;

/// <summary>Writes word vectors as words.txt and vectors.f16.</summary>
internal static class WordVectorFiles
{
    public static void Write(string directory, IEnumerable<string> words, IEnumerable<double[]> vectors)
    {
        File.WriteAllLines(Path.Combine(directory, "words.txt"), words);
        File.WriteAllBytes(Path.Combine(directory, "vectors.f16"),
            [.. vectors.SelectMany(vector => vector).SelectMany(value => BitConverter.GetBytes((Half)value))]);
    }

    /// <summary>Creates vectors whose elements are uniform in [-1, 1].</summary>
    public static double[][] Random(int seed, int words, int dimension)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, words).Select(_ =>
            Enumerable.Range(0, dimension).Select(_ => (2 * random.NextDouble()) - 1).ToArray())];
    }
}
