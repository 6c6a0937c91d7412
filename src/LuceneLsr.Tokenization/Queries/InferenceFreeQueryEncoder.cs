using LuceneLsr.Tokenization.Layouts;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;

namespace LuceneLsr.Tokenization.Queries;

/// <summary>
/// Encodes queries without a model: each distinct term of a query gets its weight from a table. Queries are not
/// expanded, but whole words are added as for documents. Documents are encoded by the checkpoint's model.
/// </summary>
/// <remarks>
/// Geng et al., "Towards Competitive Search Relevance For Inference-Free Learned Sparse Retrievers", arXiv 2411.04403.
/// </remarks>
public sealed class InferenceFreeQueryEncoder : ISparseEncoder
{
    private readonly TermSpace _space;
    private readonly TermVocabulary _termOfToken;
    private readonly QueryWeights _weights;

    /// <summary>Creates the encoder.</summary>
    /// <param name="space">The term space of the documents' checkpoint.</param>
    /// <param name="weights">The weights of its terms in queries.</param>
    public InferenceFreeQueryEncoder(TermSpace space, QueryWeights weights)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(weights);
        (_space, _weights) = (space, weights);
        _termOfToken = TermVocabulary.FromTokens(space.Tokenizer, space.Settings.TermRule);
    }

    /// <summary>Gets the vocabulary id of the checkpoint, so that queries match documents of its model.</summary>
    public string VocabularyId => _space.VocabularyId;

    /// <summary>Gets the settings of the checkpoint.</summary>
    public LsrSettings Settings => _space.Settings;

    /// <summary>
    /// Loads a checkpoint directory with a table of learned weights, of this library or of a public sparse model. It
    /// needs no model.
    /// </summary>
    /// <exception cref="CheckpointException">
    /// A file is missing or malformed, or has an unsupported feature.
    /// </exception>
    public static InferenceFreeQueryEncoder Load(string directory)
    {
        var layout = CheckpointLayout.Read(directory);
        var space = TermSpace.Load(directory, layout);
        return new InferenceFreeQueryEncoder(space, layout.QueryTable is { } table
            ? QueryWeights.Load(table, space)
            : QueryWeights.Load(directory, space.Terms));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The side is not <see cref="TextSide.Query"/>.</exception>
    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (side != TextSide.Query)
        {
            throw new InvalidOperationException(
                "This encoder encodes only queries. Encode documents with the model of the checkpoint.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        return [.. texts.Select(Encode)];
    }

    /// <summary>Does nothing. The encoder holds no resources.</summary>
    public void Dispose()
    {
    }

    private SparseVector Encode(string text)
    {
        var tokens = _space.Tokenize(text, Settings.MaxTokens.Query, out var coveredText);
        var terms = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var token in tokens)
        {
            if (_termOfToken[token] is { } term)
            {
                terms[term] = _weights[term];
            }
        }

        return _space.CreateVector(terms, tokens.Count, coveredText, TextSide.Query);
    }
}
