using Lucene.Net.Codecs;
using Lucene.Net.Codecs.Lucene46;

namespace LuceneLsr.Codecs;

/// <summary>
/// Lucene's default codec with the <see cref="ImpactPostingsFormat"/> for some fields: to be set in the configuration
/// of a writer. Segments carry the name of the default codec, and stand beside its own in one index.
/// </summary>
/// <param name="format">The format, in one of its settings.</param>
/// <param name="fields">The fields that hold impacts.</param>
public sealed class ImpactCodec(ImpactPostingsFormat format, params IReadOnlyCollection<string> fields) : Lucene46Codec
{
    /// <summary>The format in its fast setting.</summary>
    /// <param name="fields">The fields that hold impacts.</param>
    public ImpactCodec(params IReadOnlyCollection<string> fields)
        : this(new ImpactPostingsFormat(), fields)
    {
    }

    /// <inheritdoc/>
    public override PostingsFormat GetPostingsFormatForField(string field) =>
        fields.Contains(field) ? format : base.GetPostingsFormatForField(field);
}
