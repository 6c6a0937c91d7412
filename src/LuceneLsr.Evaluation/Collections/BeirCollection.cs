using System.Diagnostics.CodeAnalysis;
using LuceneLsr.Files;

namespace LuceneLsr.Evaluation.Collections;

/// <summary>
/// A test collection in the layout of BEIR (Thakur et al., "BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of
/// Information Retrieval Models", NeurIPS 2021, arXiv 2104.08663):
/// <c>corpus.jsonl</c> with "_id", "title" (optional) and "text"; <c>queries.jsonl</c> with "_id" and "text";
/// <c>qrels/SPLIT.tsv</c> with a header and the columns query-id, corpus-id, score, or in the format of TREC. Each file
/// may be gzipped (.gz), and the .jsonl files may hold arrays or objects over several lines.
/// </summary>
[SuppressMessage("Naming", "CA1711", Justification = "'Test collection' is the field's term.")]
public sealed class BeirCollection
{
    private BeirCollection(
        IReadOnlyList<BeirDocument> corpus, IReadOnlySet<string> documents, IReadOnlyList<BeirQuery> queries, Qrels qrels)
    {
        Corpus = corpus;
        Queries = queries;
        Qrels = qrels;
        JudgmentsWithoutDocument = qrels.QueryIds.Sum(query => qrels.GetGrades(query).Keys.Count(
            document => !documents.Contains(document)));
    }

    /// <summary>Gets all documents, in the order of the file.</summary>
    public IReadOnlyList<BeirDocument> Corpus { get; }

    /// <summary>Gets the queries with judgments in the split, in the order of the file.</summary>
    public IReadOnlyList<BeirQuery> Queries { get; }

    /// <summary>Gets the judgments of the split.</summary>
    public Qrels Qrels { get; }

    /// <summary>
    /// Gets the number of judgments whose document is not in the corpus. Such documents count as not retrieved.
    /// </summary>
    public int JudgmentsWithoutDocument { get; }

    /// <summary>Loads a collection.</summary>
    /// <param name="directory">The directory with corpus.jsonl, queries.jsonl and qrels.</param>
    /// <param name="split">The judgments to read, such as "train", "dev" or "test".</param>
    /// <exception cref="FileNotFoundException">One of the files is missing.</exception>
    /// <exception cref="IOException">The directory is a file.</exception>
    /// <exception cref="InvalidDataException">
    /// A line is malformed, an id is a duplicate, or a judgment has an unknown query. The message names file and line.
    /// </exception>
    public static BeirCollection Load(string directory, string split)
    {
        ArgumentException.ThrowIfNullOrEmpty(split);
        var corpus = ReadCorpus(directory);
        var queries = ReadQueries(directory);
        var documents = corpus.Select(document => document.Id).ToHashSet(StringComparer.Ordinal);
        var qrels = QrelsFile.Read(
            GetQrelsPath(directory, split),
            queries.Select(query => query.Id).ToHashSet(StringComparer.Ordinal), documents);
        return new BeirCollection(corpus, documents, [.. queries.Where(query => qrels.QueryIds.Contains(query.Id))], qrels);
    }

    /// <summary>Returns whether a folder has judgments of a split, plain or gzipped.</summary>
    /// <param name="directory">The directory of the collection.</param>
    /// <param name="split">The split, such as "test".</param>
    public static bool HasSplit(string directory, string split)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentException.ThrowIfNullOrEmpty(split);
        var path = GetQrelsPath(directory, split);
        return File.Exists(path) || File.Exists(path + GzipFile.Extension);
    }

    /// <summary>Reads the documents.</summary>
    /// <exception cref="FileNotFoundException">corpus.jsonl is missing.</exception>
    /// <exception cref="IOException">The directory is a file.</exception>
    /// <exception cref="InvalidDataException">A line is malformed, or an id is a duplicate.</exception>
    public static IReadOnlyList<BeirDocument> ReadCorpus(string directory) => ReadUnique(
        directory,
        "corpus.jsonl",
        (id, record) => new BeirDocument(id, record.GetTextOrEmpty("title"), record.GetText("text")));

    /// <summary>Reads the queries of all splits.</summary>
    /// <exception cref="FileNotFoundException">queries.jsonl is missing.</exception>
    /// <exception cref="IOException">The directory is a file.</exception>
    /// <exception cref="InvalidDataException">A line is malformed, or an id is a duplicate.</exception>
    public static IReadOnlyList<BeirQuery> ReadQueries(string directory) => ReadUnique(
        directory, "queries.jsonl", (id, record) => new BeirQuery(id, record.GetText("text")));

    private static string GetQrelsPath(string directory, string split) =>
        Path.Combine(directory, "qrels", split + ".tsv");

    private static List<T> ReadUnique<T>(string directory, string file, Func<string, JsonRecord, T> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        if (File.Exists(directory))
        {
            throw new IOException($"{directory} is a file. Name the folder that holds {file}.");
        }

        var items = new List<T>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var record in JsonLines.Read(Path.Combine(directory, file)))
        {
            var id = record.GetId("_id");
            if (id.Length == 0 || id.Any(char.IsWhiteSpace))
            {
                throw record.CreateError(
                    $"id '{id}' is empty or contains white space. Run files do not allow such ids.");
            }

            if (!ids.Add(id))
            {
                throw record.CreateError($"duplicate id '{id}'. Ids must be unique.");
            }

            items.Add(create(id, record));
        }

        return items;
    }
}
