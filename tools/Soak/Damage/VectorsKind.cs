using System.Globalization;
using LuceneLsr.Tools.Soak.Indexes;
using LuceneLsr.VectorFiles.Formats;

namespace LuceneLsr.Tools.Soak.Damage;

/// <summary>Files of vectors, plain and compressed.</summary>
internal sealed class VectorsKind(string name) : DamageKind(name)
{
    private const int Vectors = 200;

    public override void Write(string folder, CancellationToken cancellationToken)
    {
        var lines = Enumerable.Range(0, Vectors).Select(number => string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"id\": \"{number}\", \"contents\": \"text {number}\", \"vector\": {FormatVector(number)}}}\n"));
        var plain = Path.Combine(folder, "vectors.jsonl");
        File.WriteAllText(plain, string.Concat(lines));
        using var source = File.OpenRead(plain);
        using var target = new System.IO.Compression.GZipStream(
            File.Create($"{plain}.gz"), System.IO.Compression.CompressionLevel.Fastest);
        source.CopyTo(target);
    }

    public override string Read(string folder) => string.Join('\n', Directory.EnumerateFiles(folder)
        .Order(StringComparer.Ordinal).SelectMany(AnseriniVectors.ReadFile)
        .Select(record => string.Create(
            CultureInfo.InvariantCulture,
            $"{record.Id} {record.Contents} {string.Join(' ', record.Vector.Entries)}")));

    public override bool IsExpected(Exception exception) => exception is InvalidDataException;

    private static string FormatVector(int number) =>
        $"{{{string.Join(", ", NumberedDocuments.CreateVector(number).Entries.Select(
            entry => $"\"{entry.Term}\": {(int)entry.Weight}"))}}}";
}
