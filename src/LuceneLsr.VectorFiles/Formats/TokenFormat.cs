using System.Buffers;
using LuceneLsr.VectorFiles.Vocabularies;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Writes another format with integer tokens in place of terms, as a sparse_vector field of OpenSearch 3.3 or later
/// needs: the token of a term is its id in the vocabulary of the corpus. Terms that are not in the vocabulary are left
/// out.
/// </summary>
public sealed class TokenFormat : IVectorFormat
{
    /// <summary>
    /// The number of tokens that OpenSearch tells apart. It takes larger tokens modulo this number, and keeps the
    /// largest weight of those that become equal (SparseVector.java of the plugin neural-search).
    /// </summary>
    public const int MaxTokens = 32_768;

    private readonly CorpusVocabulary _vocabulary;
    private readonly IVectorFormat _format;

    /// <summary>Creates a format.</summary>
    /// <param name="vocabulary">The vocabulary of the corpus.</param>
    /// <param name="format">The format to write.</param>
    /// <exception cref="ArgumentException">The vocabulary has more than <see cref="MaxTokens"/> terms.</exception>
    public TokenFormat(CorpusVocabulary vocabulary, IVectorFormat format)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(format);
        if (vocabulary.Terms.Count > MaxTokens)
        {
            throw new ArgumentException(
                $"The vocabulary has {vocabulary.Terms.Count:N0} terms, but OpenSearch tells only {MaxTokens:N0} tokens "
                + $"apart: {vocabulary.Terms.Count - MaxTokens:N0} terms would collide with more frequent ones. Leave out "
                + $"the rarest terms (--max-terms {MaxTokens} of lsr-search export).",
                nameof(vocabulary));
        }

        (_vocabulary, _format) = (vocabulary, format);
    }

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> output, VectorRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        _format.Write(output, record with { Vector = _vocabulary.ToTokens(record.Vector) });
    }
}
