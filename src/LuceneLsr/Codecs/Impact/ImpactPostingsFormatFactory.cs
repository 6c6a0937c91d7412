using Lucene.Net.Codecs;
using Lucene.Net.Util;

namespace LuceneLsr.Codecs.Impact;

/// <summary>Knows the <see cref="ImpactPostingsFormat"/> by name, and what another factory knows.</summary>
/// <param name="others">The other factory.</param>
internal sealed class ImpactPostingsFormatFactory(IPostingsFormatFactory others) : IPostingsFormatFactory, IServiceListable
{
    private readonly ImpactPostingsFormat _format = new();

    /// <summary>The names that either knows, as far as the other one tells.</summary>
    public ICollection<string> AvailableServices =>
        [.. (others as IServiceListable)?.AvailableServices ?? [], _format.Name];

    /// <inheritdoc/>
    public PostingsFormat GetPostingsFormat(string name) => name == _format.Name ? _format : others.GetPostingsFormat(name);
}
