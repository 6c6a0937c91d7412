using System.CommandLine;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>
/// Options for the source of vectors, a checkpoint or files of precomputed vectors, and for pruning them.
/// </summary>
internal sealed class EncoderOptions
{
    private readonly ModelOptions _model;
    private readonly QueryEncoderOption _queries;
    private readonly VectorFileOptions _vectors;
    private readonly PerSide<PruningOptions> _pruning;

    /// <summary>Adds the options to a command.</summary>
    public EncoderOptions(Command command)
    {
        _model = new(command, encodesDocuments: true);
        _queries = new(command);
        _vectors = new(command, replaced: "a checkpoint", needsQueries: result => !_queries.IsModelFree(result));
        _pruning = new(new(command, TextSide.Query), new(command, TextSide.Document));
    }

    /// <summary>
    /// Loads the encoder of documents, and of queries unless <see cref="LoadQueries"/> returns another, and the scale
    /// of each side: the checkpoint's, or the identity if the vectors are impacts already.
    /// </summary>
    public (ISparseEncoder Encoder, PerSide<ImpactScale> Scale) Load(ParseResult parsed)
    {
        if (_vectors.Read(parsed) is var (documents, queries))
        {
            var (encoder, scale) = VectorFiles.Load(documents, queries, _model.GetCheckpoint(parsed));
            return (Prune(encoder, parsed), scale);
        }

        var model = _model.Load(parsed);
        return (Prune(model, parsed), PerSide.Both(model.Settings.ImpactScale));
    }

    /// <summary>
    /// Returns a factory of a query encoder for an index, or null if the encoder of documents encodes queries, too.
    /// </summary>
    public Func<SparseIndex, ISparseEncoder>? LoadQueries(ParseResult parsed) =>
        _queries.Load(parsed, _model.GetCheckpoint(parsed)) is { } load ? index => Prune(load(index), parsed) : null;

    private PrunedEncoder Prune(ISparseEncoder encoder, ParseResult parsed) =>
        new(encoder, new(_pruning.Query.Read(parsed), _pruning.Document.Read(parsed)));
}
