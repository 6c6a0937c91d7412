using CsCheck;
using Lucene.Net.Codecs;
using Lucene.Net.Codecs.Lucene46;
using LuceneLsr.Codecs.Impact;

namespace LuceneLsr.Tests.Support;

/// <summary>Where an index is stored, and the postings formats that its segments use in turn.</summary>
internal sealed record IndexStorage(bool IsOnDisk, bool IsCompound, params PostingsFormat?[] Formats)
{
    public static readonly ImpactPostingsFormat Fast = new(), Compact = new(isCompact: true);

    public static readonly Gen<ImpactPostingsFormat> EitherSetting = Gen.Bool.Select(isFast => isFast ? Fast : Compact);

    /// <summary>Lucene's default format, in memory.</summary>
    public static readonly IndexStorage Default = new(IsOnDisk: false, IsCompound: true, [null]);

    public static readonly Gen<IndexStorage> Any = Gen.Select(
        Gen.Frequency((3, false), (1, true)), // folders are slow
        Gen.Bool,
        Gen.Int[0, 3].Select(
            index => new PostingsFormat?[][] { [null], [Fast], [Compact], [null, Fast, Compact] }[index]),
        (isOnDisk, isCompound, formats) => new IndexStorage(isOnDisk, isCompound, formats));

    static IndexStorage() => ImpactPostingsFormat.Register();

    /// <summary>Creates a codec whose segments store a field in the formats in turn.</summary>
    public Codec Codec(string field) => new AlternatingCodec(field, Formats);

    private sealed class AlternatingCodec(string impacts, PostingsFormat?[] formats) : Lucene46Codec
    {
        private int _asked = -1;

        public override PostingsFormat GetPostingsFormatForField(string field) =>
            (field == impacts ? formats[Interlocked.Increment(ref _asked) % formats.Length] : null)
            ?? base.GetPostingsFormatForField(field);
    }
}
