using System.CommandLine;
using Lucene.Net.Index;
using Lucene.Net.Store;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Indexing;
using LuceneLsr.Tools.Search.Options;
using LuceneDirectory = Lucene.Net.Store.Directory;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>
/// The options of a command that reads an index: that of a folder, of a collection, or of the built-in collection.
/// </summary>
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
    private readonly Option<string?>? _collection;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="model">Its options for the model.</param>
    /// <param name="collection">The option for a collection to index in memory if no folder is given, or null.</param>
    public IndexOpening(Command command, ModelOptions model, Option<string?>? collection = null)
    {
        (_model, _collection) = (model, collection);
        command.Add(_index);
        command.Add(_allowOtherEncoder);
    }

    /// <summary>
    /// Gets the folder of the collection: the given one, or the built-in one unless an index of its own is given.
    /// </summary>
    public string? GetCollection(ParseResult parsed) =>
        FindCollection(parsed) ?? (parsed.GetValue(_index) is null ? BuiltIn.Collection : null);

    /// <summary>Opens the directory.</summary>
    public LuceneDirectory OpenDirectory(ParseResult parsed) =>
        parsed.GetValue(_index) is null && FindCollection(parsed) is not null
            ? new RAMDirectory()
            : FSDirectory.Open(
                parsed.GetValue(_index)
                    ?? BuiltIn.GetIndexDirectory(_model.GetCheckpoint(parsed), _model.GetVariant(parsed)),
                new ExclusiveLockFactory());

    /// <summary>Opens the index of the directory. That of a collection is built if it does not exist.</summary>
    public SparseIndex Open(LuceneDirectory directory, ParseResult parsed, CancellationToken cancellation)
    {
        if (DirectoryReader.IndexExists(directory) || parsed.GetValue(_index) is not null)
        {
            return OpenExisting(directory);
        }

        using var encoder = _model.Load(parsed);
        return IndexBuilding.Build(directory, BeirCollection.ReadCorpus(GetCollection(parsed)!), encoder,
            encoder.Settings.ImpactScale, cancellation);
    }

    /// <summary>Verifies that an encoder fits the index, and returns the scale of the index.</summary>
    public ImpactScale Verify(SparseIndex index, ISparseEncoder encoder, ParseResult parsed) =>
        index.Verify(encoder, parsed.GetValue(_allowOtherEncoder)).Scale;

    private static SparseIndex OpenExisting(LuceneDirectory directory) => DirectoryReader.IndexExists(directory)
        ? SparseIndex.Open(directory)
        : throw new IOException(
            $"{(directory as FSDirectory)?.Directory.FullName} has no index. Build one with the index command.");

    private string? FindCollection(ParseResult parsed) =>
        _collection is null ? null : parsed.GetValue(_collection);
}
