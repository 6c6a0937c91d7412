using LuceneLsr.Training.Teachers;

namespace LuceneLsr.Training.Tests.Support;

/// <summary>Writes vectors of a teacher.</summary>
internal static class VectorFiles
{
    public static TeacherSettings Teacher { get; } = new("0123456789ab", "mean", PerSide.Both(""), 16);

    public static void Write(
        string directory, string name, params (string Text, TextSide Side, float[] Vector)[] vectors) =>
        Write(directory, name, Teacher, vectors);

    public static void Write(
        string directory, string name, TeacherSettings teacher,
        params (string Text, TextSide Side, float[] Vector)[] vectors)
    {
        Directory.CreateDirectory(directory);
        new VectorsPart(
            teacher,
            new TaughtRun(Seed: 1, BatchSize: 2, SimilarBatches: 1, Batches: 3, Sources: "[]"),
            [.. vectors.Select(row => TextKey.Compute(row.Text, row.Side))],
            [.. vectors.SelectMany(row => row.Vector.Select(value => (Half)value))])
            .Save(Path.Combine(directory, name + VectorsPart.Extension));
    }
}
