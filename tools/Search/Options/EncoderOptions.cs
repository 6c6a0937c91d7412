using System.CommandLine;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.VectorFiles;

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
    private readonly Option<float?> _impactFactor = CommonOptions.CreateImpactFactor(
        "Impacts per unit of weight of vectors in files (default that of the checkpoint). Give it if another model "
        + "computed them and weights have fractions, often 100. Integer weights are impacts already.");

    /// <summary>Adds the options to a command.</summary>
    public EncoderOptions(Command command)
    {
        _model = new(command, encodesDocuments: true);
        _queries = new(command);
        _vectors = new(command, replaced: "a checkpoint", needsQueries: result => !_queries.IsModelFree(result));
        command.Add(_impactFactor);
        command.Validators.Add(result =>
        {
            if (result.IsGiven(_impactFactor) && !_vectors.IsGiven(result))
            {
                result.AddError($"{_impactFactor.Name} requires {_vectors.DocumentsName}.");
            }
        });
        _pruning = new(new(command, TextSide.Query), new(command, TextSide.Document));
    }

    /// <summary>Returns whether the vectors are read from files.</summary>
    public bool AreRead(ParseResult parsed) => _vectors.IsGiven(parsed.CommandResult);

    /// <summary>Gets the checkpoint's directory.</summary>
    public string GetCheckpoint(ParseResult parsed) => _model.GetCheckpoint(parsed);

    /// <summary>
    /// Loads the encoder of documents, and of queries unless <see cref="LoadQueries"/> returns another, and the scale
    /// of each side: the given or the checkpoint's, or the identity if the vectors are impacts already.
    /// </summary>
    public (ISparseEncoder Encoder, PerSide<ImpactScale> Scale) Load(ParseResult parsed, BeirCollection collection)
    {
        if (_vectors.Read(parsed) is var (documents, queries))
        {
            var precomputed = VectorFiles.Load(documents, queries, collection);
            return (Prune(precomputed, parsed), GetScales(parsed, precomputed));
        }

        var model = _model.Load(parsed);
        return (Prune(model, parsed), PerSide.Both(model.Settings.ImpactScale));
    }

    /// <summary>
    /// Returns a factory of a query encoder for an index, or null if the encoder of documents encodes queries, too.
    /// </summary>
    public Func<SparseIndex, ISparseEncoder>? LoadQueries(ParseResult parsed) =>
        _queries.Load(parsed, _model.GetCheckpoint(parsed)) is { } load
            ? index => Prune(load(index.Searcher.IndexReader), parsed)
            : null;

    private PerSide<ImpactScale> GetScales(ParseResult parsed, PrecomputedVectorEncoder vectors) => vectors.GetScales(
        parsed.GetValue(_impactFactor) is not { } factor
            ? TermSpace.Load(_model.GetCheckpoint(parsed)).Settings.ImpactScale
            : vectors.HasImpacts(TextSide.Document) && vectors.HasImpacts(TextSide.Query)
            ? throw new ArgumentException(
                $"{_impactFactor.Name} has no effect: all weights in the files are integers, so impacts already.")
            : new ImpactScale(factor));

    private PrunedEncoder Prune(ISparseEncoder encoder, ParseResult parsed) =>
        new(encoder, new(_pruning.Query.Read(parsed), _pruning.Document.Read(parsed)));
}
