using Lucene.Net.Codecs;
using Lucene.Net.Codecs.Lucene46;

namespace LuceneLsr.Codecs.Impact;

/// <summary>
/// Lucene's default codec with the <see cref="ImpactPostingsFormat"/> for the fields that hold impacts. Set it as the
/// codec of an <c>IndexWriterConfig</c>.
/// </summary>
/// <remarks>
/// The fields should be indexed with documents and frequencies only, as <see cref="Documents.ImpactField"/> is. A
/// segment in which one of them has positions, as a <c>TextField</c> has, stores it in the default format: searches are
/// exact, but slower. Never index one of them without frequencies, as a <c>StringField</c> is: merges fail, because
/// Lucene would drop the impacts of the other documents. Segments carry the name of the default codec, so one index may
/// mix segments of both.
/// </remarks>
public sealed class ImpactCodec : Lucene46Codec
{
    private readonly ImpactPostingsFormat _format;
    private readonly HashSet<string> _fields;

    /// <summary>Creates a codec that stores impacts in the fast setting.</summary>
    /// <param name="fields">The fields that hold impacts.</param>
    public ImpactCodec(params IEnumerable<string> fields)
        : this(new ImpactPostingsFormat(), fields)
    {
    }

    /// <summary>Creates a codec that stores impacts in the given format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="fields">The fields that hold impacts.</param>
    public ImpactCodec(ImpactPostingsFormat format, params IEnumerable<string> fields)
    {
        ArgumentNullException.ThrowIfNull(format);
        _format = format;
        _fields = new(fields, StringComparer.Ordinal);
        ImpactPostingsFormat.Register(); // a writer also reads the segments that it merges
    }

    /// <inheritdoc/>
    public override PostingsFormat GetPostingsFormatForField(string field) =>
        _fields.Contains(field) ? _format : base.GetPostingsFormatForField(field);
}
