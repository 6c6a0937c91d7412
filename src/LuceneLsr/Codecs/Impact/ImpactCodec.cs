using Lucene.Net.Codecs;
using Lucene.Net.Codecs.Lucene46;

namespace LuceneLsr.Codecs.Impact;

/// <summary>
/// Lucene's default codec with the <see cref="ImpactPostingsFormat"/> for some fields: to be set in the configuration
/// of a writer. A field that has or had positions cannot be among them: a segment with it is refused when it is flushed
/// or merged, and its documents are lost as with any failure then. Segments carry the name of the default codec, and
/// stand beside its own in one index.
/// </summary>
public sealed class ImpactCodec : Lucene46Codec
{
    private readonly ImpactPostingsFormat _format;
    private readonly HashSet<string> _fields;

    /// <summary>The format in its fast setting.</summary>
    /// <param name="fields">The fields that hold impacts.</param>
    public ImpactCodec(params IEnumerable<string> fields)
        : this(new ImpactPostingsFormat(), fields)
    {
    }

    /// <summary>The format in either setting.</summary>
    /// <param name="format">The format.</param>
    /// <param name="fields">The fields that hold impacts.</param>
    public ImpactCodec(ImpactPostingsFormat format, params IEnumerable<string> fields)
    {
        ArgumentNullException.ThrowIfNull(format);
        _format = format;
        _fields = new(fields, StringComparer.Ordinal);
        ImpactPostingsFormat.Register(); // a writer reads its segments, too
    }

    /// <inheritdoc/>
    public override PostingsFormat GetPostingsFormatForField(string field) =>
        _fields.Contains(field) ? _format : base.GetPostingsFormatForField(field);
}
