using Microsoft.Extensions.Caching.Memory;

namespace LuceneLsr.Playground.Searching;

/// <summary>
/// Keeps the sources of the documents that were encoded last: they take most of the time of highlighting, and do not
/// depend on the query.
/// </summary>
/// <param name="encoder">The encoder. The caller owns it.</param>
internal sealed class CachedSources(ISourceEncoder encoder) : ISourceEncoder
{
    private const int Capacity = 5_000;

    private readonly MemoryCache _documents = new(new MemoryCacheOptions { SizeLimit = Capacity });

    /// <inheritdoc/>
    public string VocabularyId => encoder.VocabularyId;

    /// <inheritdoc/>
    public EncoderIdentity? Identity => encoder.Identity;

    /// <inheritdoc/>
    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default) =>
        encoder.Encode(texts, side, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<SourcedVector> EncodeWithSources(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
    {
        string[] missing =
            [.. texts.Distinct(StringComparer.Ordinal).Where(text => !_documents.TryGetValue((text, side), out _))];
        var encoded = missing.Zip(encoder.EncodeWithSources(missing, side, cancellationToken))
            .ToDictionary(StringComparer.Ordinal);
        foreach (var (text, vector) in encoded)
        {
            _documents.Set((text, side), vector, new MemoryCacheEntryOptions { Size = 1 });
        }

        return [.. texts.Select(text => encoded.TryGetValue(text, out var vector)
            || _documents.TryGetValue((text, side), out vector)
                ? vector!
                : encoder.EncodeWithSources([text], side, cancellationToken)[0])]; // dropped in the meantime
    }

    /// <inheritdoc/>
    public void Dispose() => _documents.Dispose();
}
