using Lucene.Net.Codecs;
using Lucene.Net.Util;

namespace LuceneLsr.Codecs.Impact;

/// <summary>Adds the <see cref="ImpactPostingsFormat"/> to the formats of another factory.</summary>
/// <param name="inner">The other factory.</param>
internal sealed class ImpactPostingsFormatFactory(IPostingsFormatFactory inner)
    : IPostingsFormatFactory, IServiceListable
{
    private readonly ImpactPostingsFormat _format = new();

    /// <summary>Gets the names of all formats that the other factory lists, and of this one.</summary>
    public ICollection<string> AvailableServices =>
        [.. (inner as IServiceListable)?.AvailableServices ?? [], _format.Name];

    /// <inheritdoc/>
    public PostingsFormat GetPostingsFormat(string name) =>
        name == _format.Name ? _format : inner.GetPostingsFormat(name);
}
