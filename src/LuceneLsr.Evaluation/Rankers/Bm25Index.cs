using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Rankers;

/// <summary>
/// The BM25 baseline as published for BEIR ("flat" index: one field), with the defaults of Anserini: Lucene's English
/// analyzer (Porter stems, stop words), k1 = 0.9 and b = 0.4. Safe to search from several threads.
/// </summary>
/// <remarks>
/// Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009;
/// Kamalloo et al., "Resources for Brewing BEIR", arXiv 2306.07471.
/// </remarks>
public sealed class Bm25Index : IRanker
{
    private const LuceneVersion Version = LuceneVersion.LUCENE_48;
    private const string IdField = "id";
    private const string ContentsField = "contents";

    private readonly RAMDirectory _directory = new();
    private readonly DirectoryReader _reader;

    /// <summary>Indexes documents in memory.</summary>
    /// <param name="documents">The id and text of each document.</param>
    public Bm25Index(IEnumerable<(string Id, string Contents)> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        Write(documents);
        _reader = DirectoryReader.Open(_directory);
    }

    /// <inheritdoc/>
    /// <remarks>Ties keep the order of indexing.</remarks>
    public IReadOnlyList<IReadOnlyList<ScoredDocument>> Rank(
        IReadOnlyList<RankingRequest> requests, int count, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var searcher = new IdSearcher(CreateSearcher(Bm25Parameters.Default), IdField);
        return [.. requests.Select(request =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return searcher.Search(
                Bm25Query.Create(request.Text, ContentsField), count, request.AlsoScored);
        })];
    }

    /// <summary>Ranks the documents for one text with other parameters than the default ones.</summary>
    /// <param name="text">Plain text of any length, not in query syntax.</param>
    /// <param name="count">Maximum number of documents; at least 1.</param>
    /// <param name="parameters">The parameters.</param>
    /// <returns>The top documents, best first, without those that share no term with the text.</returns>
    public IReadOnlyList<ScoredDocument> Search(string text, int count, Bm25Parameters parameters) =>
        Search(text, count, parameters, out _);

    /// <summary>Ranks the documents for one text, and counts all that match.</summary>
    /// <param name="text">Plain text of any length, not in query syntax.</param>
    /// <param name="count">Maximum number of documents to return; at least 1.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="found">The number of documents that share a term with the text.</param>
    /// <returns>The top documents, best first, without those that share no term with the text.</returns>
    public IReadOnlyList<ScoredDocument> Search(string text, int count, Bm25Parameters parameters, out int found)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(parameters);
        return new IdSearcher(CreateSearcher(parameters), IdField)
            .Search(Bm25Query.Create(text, ContentsField), count, out found);
    }

    /// <summary>Computes what each term of a text contributes to the score of a document.</summary>
    /// <param name="text">Plain text of any length, not in query syntax.</param>
    /// <param name="documentId">The id of the document.</param>
    /// <param name="parameters">The parameters.</param>
    /// <returns>The terms that the document contains; empty if there is no such document.</returns>
    public SparseVector Explain(string text, string documentId, Bm25Parameters parameters)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(documentId);
        ArgumentNullException.ThrowIfNull(parameters);
        var searcher = CreateSearcher(parameters);
        return searcher.Search(new TermQuery(new Term(IdField, documentId)), 1).ScoreDocs is [var document]
            ? new(Bm25Query.CreateClauses(text, ContentsField).Select(
                clause => new TermWeight(clause.Term.Text, searcher.Explain(clause, document.Doc).Value)))
            : SparseVector.Empty;
    }

    /// <summary>Finds the words of a text that match a query.</summary>
    /// <param name="query">Plain text of any length, not in query syntax.</param>
    /// <param name="text">The text.</param>
    /// <returns>The term and the range of each word, in the order of the text.</returns>
    public static IReadOnlyList<(string Term, TextRange Range)> FindWords(string query, string text)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(text);
        var terms = EnglishTerms.Analyze(query).ToHashSet(StringComparer.Ordinal);
        return [.. EnglishTerms.FindWords(text).Where(word => terms.Contains(word.Term))];
    }

    /// <summary>Counts the postings of a text's terms, all of which a search scores.</summary>
    /// <param name="text">Plain text of any length, not in query syntax.</param>
    public long CountPostings(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Bm25Query.CreateClauses(text, ContentsField).Sum(clause => (long)_reader.DocFreq(clause.Term));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _directory.Dispose();
    }

    // The stored norms depend on neither parameter.
    private IndexSearcher CreateSearcher(Bm25Parameters parameters) =>
        new(_reader) { Similarity = parameters.CreateSimilarity() };

    private void Write(IEnumerable<(string Id, string Contents)> documents)
    {
        using var writer = new IndexWriter(
            _directory, new IndexWriterConfig(Version, EnglishTerms.Analyzer) { Similarity = new BM25Similarity() });
        foreach (var (id, contents) in documents)
        {
            writer.AddDocument(
            [
                new StringField(IdField, id, Field.Store.YES),
                new TextField(ContentsField, contents, Field.Store.NO),
            ]);
        }
    }
}
