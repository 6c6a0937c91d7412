using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;

namespace LuceneLsr.Tokenization.Queries;

/// <summary>
/// Encodes queries without a model: each distinct term of a query has its weight from a table, and nothing is added but
/// whole words, as a checkpoint's model adds them. The documents are the model's.
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
    /// <param name="weights">The weights of its terms.</param>
    public InferenceFreeQueryEncoder(TermSpace space, QueryWeights weights)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(weights);
        (_space, _weights) = (space, weights);
        _termOfToken = TermVocabulary.FromTokens(space.Tokenizer, space.Settings.TermRule);
    }

    /// <summary>That of the checkpoint's model: its documents are what these queries find.</summary>
    public string VocabularyId => _space.VocabularyId;

    /// <summary>The checkpoint's settings, its impact scale among them.</summary>
    public LsrSettings Settings => _space.Settings;

    /// <summary>Loads a checkpoint directory that has a table of learned weights; it needs no model.</summary>
    /// <exception cref="CheckpointException">A file is missing or damaged.</exception>
    public static InferenceFreeQueryEncoder Load(string directory)
    {
        var space = TermSpace.Load(directory);
        return new InferenceFreeQueryEncoder(space, QueryWeights.Load(directory, space.Terms));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The side is not that of queries.</exception>
    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (side != TextSide.Query)
        {
            throw new InvalidOperationException(
                "Without a model only queries are encoded; encode documents with the checkpoint's model.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        return [.. texts.Select(Encode)];
    }

    /// <summary>Nothing to release.</summary>
    public void Dispose()
    {
    }

    private SparseVector Encode(string text)
    {
        var tokens = _space.Tokenize(text, Settings.MaxTokens.Query, out var read);
        var terms = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var token in tokens)
        {
            if (_termOfToken[token] is { } term)
            {
                terms[term] = _weights[term];
            }
        }

        return _space.CreateVector(terms, read, TextSide.Query);
    }
}
