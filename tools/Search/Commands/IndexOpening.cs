using System.CommandLine;
using Lucene.Net.Index;
using Lucene.Net.Store;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Indexing;
using LuceneLsr.Tools.Search.Options;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>The options of a command that reads an index, by default that of the built-in collection.</summary>
internal sealed class IndexOpening
{
    private readonly Option<string?> _index = new("--index")
    {
        Description = "Index folder (default that of the built-in collection, built on first use).",
        HelpName = "DIR",
    };

    private readonly Option<bool> _allowOtherEncoder = new("--allow-other-encoder")
    {
        Description = "Search an index that another encoder with the same vocabulary filled.",
    };

    private readonly ModelOptions _model;

    /// <summary>Adds the options to a command.</summary>
    public IndexOpening(Command command, ModelOptions model)
    {
        _model = model;
        command.Add(_index);
        command.Add(_allowOtherEncoder);
    }

    /// <summary>Opens the directory.</summary>
    public FSDirectory OpenDirectory(ParseResult parsed) => FSDirectory.Open(
        parsed.GetValue(_index) ?? BuiltIn.GetIndexDirectory(_model.GetCheckpoint(parsed), _model.GetVariant(parsed)),
        new ExclusiveLockFactory());

    /// <summary>Opens the index of the directory, and builds the built-in one if it does not exist.</summary>
    public SparseIndex Open(FSDirectory directory, ParseResult parsed, CancellationToken cancellation)
    {
        if (DirectoryReader.IndexExists(directory) || parsed.GetValue(_index) is not null)
        {
            return OpenExisting(directory);
        }

        using var encoder = _model.Load(parsed);
        return IndexBuilding.Build(directory, BeirCollection.ReadCorpus(BuiltIn.Collection), encoder,
            encoder.Settings.ImpactScale, cancellation);
    }

    /// <summary>Opens the index of the directory without a model.</summary>
    public static SparseIndex OpenExisting(FSDirectory directory) => DirectoryReader.IndexExists(directory)
        ? SparseIndex.Open(directory)
        : throw new IOException($"{directory.Directory.FullName} has no index. Build one with the index command.");

    /// <summary>Verifies that an encoder fits the index, and returns the scale of the index.</summary>
    public ImpactScale Verify(SparseIndex index, ISparseEncoder encoder, ParseResult parsed) =>
        index.Verify(encoder, parsed.GetValue(_allowOtherEncoder)).Scale;
}
