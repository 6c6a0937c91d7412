using System.Globalization;
using LuceneLsr.Tokenization;

namespace LuceneLsr.Tools.Soak.Damage;

/// <summary>The files of an encoder.</summary>
internal abstract class EncoderKind(string name) : DamageKind(name)
{
    private static readonly string[] Texts =
        ["cut scenes out of a movie", "Turn scanned pages into searchable text (OCR).", "libx264-dev 1.2"];

    public override string Read(string folder)
    {
        using var encoder = Load(folder);
        return string.Join('\n', encoder.Encode(Texts, TextSide.Query).Select(vector => string.Join(
            ' ', vector.Entries.Select(entry => string.Create(
                CultureInfo.InvariantCulture, $"{entry.Term}:{entry.Weight:R}")))));
    }

    public override bool IsExpected(Exception exception) => exception is CheckpointException;

    /// <summary>Loads the encoder.</summary>
    protected abstract ISparseEncoder Load(string folder);
}
