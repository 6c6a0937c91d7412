using System.CommandLine;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.VectorFiles;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>
/// Where a command's vectors come from, a checkpoint or files that hold them ready, and which of their terms are kept.
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
        _model = new(command, readsDocuments: true);
        _queries = new(command);
        _vectors = new(command, replaced: "a checkpoint", needsQueries: result => !_queries.IsTable(result));
        _pruning = new(new(command, TextSide.Query), new(command, TextSide.Document));
    }

    /// <summary>
    /// The encoder of documents, and of queries where <see cref="LoadQueries"/> gives no other, and what turns the weights
    /// of each side into impacts: the checkpoint's scale, unless they are impacts.
    /// </summary>
    public (ISparseEncoder Encoder, PerSide<ImpactScale> Scale) Load(ParseResult parsed)
    {
        if (_vectors.Read(parsed) is var (documents, queries))
        {
            var ready = new PrecomputedVectorEncoder(documents, queries, vocabularyId: documents);
            var scale = LsrSettings.Load(_model.Checkpoint(parsed)).ImpactScale;
            return (Pruned(ready, parsed), new(ScaleOf(TextSide.Query), ScaleOf(TextSide.Document)));

            ImpactScale ScaleOf(TextSide side) => ready.HasImpacts(side) ? ImpactScale.Identity : scale;
        }

        var encoder = _model.Load(parsed);
        return (Pruned(encoder, parsed), new(encoder.Settings.ImpactScale, encoder.Settings.ImpactScale));
    }

    /// <summary>Makes the encoder of queries for an index; null where that of documents is theirs.</summary>
    public Func<SparseIndex, ISparseEncoder>? LoadQueries(ParseResult parsed) =>
        _queries.Load(parsed, _model.Checkpoint(parsed)) is { } load ? index => Pruned(load(index), parsed) : null;

    private PrunedEncoder Pruned(ISparseEncoder encoder, ParseResult parsed) =>
        new(encoder, new(_pruning.Query.Read(parsed), _pruning.Document.Read(parsed)));
}
