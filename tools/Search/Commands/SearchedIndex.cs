using System.CommandLine;
using Lucene.Net.Index;
using Lucene.Net.Store;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Indexing;
using LuceneLsr.Tools.Search.Options;
using LuceneDirectory = Lucene.Net.Store.Directory;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>The index to search: that of a folder, of a collection, or of the built-in collection.</summary>
internal sealed class SearchedIndex
{
    private readonly ModelOptions _model;
    private readonly Option<string?>? _collection;
    private readonly Option<string?> _index = new("--index")
    {
        Description = "Index folder (default that of the built-in collection, built on first use).",
        HelpName = "DIR",
    };

    private readonly Option<bool> _allowOtherEncoder = new("--allow-other-encoder")
    {
        Description = "Search an index that another encoder with the same vocabulary filled.",
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="model">Its options for the model, which encodes the collection.</param>
    /// <param name="collection">The option for a collection to index in memory if no folder is given, or null.</param>
    public SearchedIndex(Command command, ModelOptions model, Option<string?>? collection = null)
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

    /// <summary>Opens the directory of the index.</summary>
    public LuceneDirectory OpenDirectory(ParseResult parsed) =>
        parsed.GetValue(_index) is null && FindCollection(parsed) is not null
            ? new RAMDirectory()
            : FSDirectory.Open(
                parsed.GetValue(_index)
                    ?? BuiltIn.GetIndexDirectory(_model.GetCheckpoint(parsed), _model.GetVariant(parsed)),
                new ExclusiveLockFactory());

    /// <summary>
    /// Opens the index, which must stay open no longer than its directory. That of a collection is built first.
    /// </summary>
    public SparseIndex Open(ParseResult parsed, LuceneDirectory directory, CancellationToken cancellation)
    {
        if (DirectoryReader.IndexExists(directory))
        {
            return SparseIndex.Open(directory);
        }

        if (parsed.GetValue(_index) is { } folder)
        {
            throw new IOException($"{folder} has no index. Build one with the index command.");
        }

        var documents = BeirCollection.ReadCorpus(FindCollection(parsed) ?? BuiltIn.Collection);
        using var encoder = _model.Load(parsed);
        return IndexBuilding.Build(directory, documents, encoder, encoder.Settings.ImpactScale, cancellation);
    }

    /// <summary>Verifies that an encoder's queries match the index and returns the stamp of the index.</summary>
    public LsrIndexStamp Verify(ParseResult parsed, SparseIndex index, ISparseEncoder encoder) =>
        index.Verify(encoder, parsed.GetValue(_allowOtherEncoder));

    private string? FindCollection(ParseResult parsed) =>
        _collection is null ? null : parsed.GetValue(_collection);
}
