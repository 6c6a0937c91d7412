using LuceneLsr.Training.Teachers;

namespace LuceneLsr.Training.Tests.Support;

/// <summary>Writes vectors of a teacher.</summary>
internal static class VectorFiles
{
    public static VectorsHeader Header { get; } = new("0123456789ab", 2, "mean", PerSide.Both(""), 16);

    public static void Write(
        string directory, string name, params (string Text, TextSide Side, float[] Vector)[] vectors) =>
        Write(directory, name, Header with { Dimension = vectors[0].Vector.Length }, vectors);

    public static void Write(
        string directory, string name, VectorsHeader header,
        params (string Text, TextSide Side, float[] Vector)[] vectors)
    {
        Directory.CreateDirectory(directory);
        new VectorsPart(
            header,
            [.. vectors.Select(row => TextKey.Compute(row.Text, row.Side))],
            [.. vectors.SelectMany(row => row.Vector.Select(value => (Half)value))])
            .Save(Path.Combine(directory, name + VectorsPart.Extension));
    }
}
