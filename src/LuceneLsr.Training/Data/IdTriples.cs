using LuceneLsr.Files;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Reads triples of ids in the layout of MS MARCO (Bajaj et al., arXiv 1611.09268): a directory with
/// <c>collection.tsv</c> (passage id, passage), <c>queries.train.tsv</c> or else <c>queries.tsv</c> (query id, query),
/// and one file <c>qidpidtriples*.tsv</c> (query id, id of a relevant passage, id of a passage that is not relevant).
/// Fields are separated by tabs, and the files have no headers.
/// </summary>
/// <remarks>
/// Each file may be compressed (.gz). Texts stay on disk, or in memory if their file is compressed. A triple takes
/// 12 bytes of memory and a text 8 bytes. Ids are held only while the triples are read.
/// </remarks>
internal sealed class IdTriples : IPairSource, IDisposable
{
    private readonly IReadOnlyList<TextLine> _passages;
    private readonly IReadOnlyList<TextLine> _queries;
    private readonly Triple[] _triples;

    /// <summary>Opens a directory.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">
    /// A line is malformed, an id is a duplicate, or a triple has an unknown id (the message gives file and line); or
    /// there are several files of triples.
    /// </exception>
    public IdTriples(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var path = FindTriples(directory);
        _passages = RandomAccessLines.Open(Path.Combine(directory, "collection.tsv"));
        _queries = RandomAccessLines.Open(FindQueries(directory));
        Dictionary<string, int> passages = IndexIds(_passages), queries = IndexIds(_queries);
        _triples = [.. TextLines.Read(path).Select(line => Parse(line, queries, passages))];
    }

    /// <inheritdoc/>
    public int Count => _triples.Length;

    /// <inheritdoc/>
    public TrainingPair Draw(int index, Random random)
    {
        var (query, positive, negative) = _triples[index];
        return new TrainingPair(GetText(_queries, query), GetText(_passages, positive), [])
        {
            Negatives = [GetText(_passages, negative)],
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        (_passages as IDisposable)?.Dispose();
        (_queries as IDisposable)?.Dispose();
    }

    private static string FindTriples(string directory)
    {
        const string pattern = "qidpidtriples*.tsv";
        string[] paths =
            [.. Directory.GetFiles(directory, pattern), .. Directory.GetFiles(directory, pattern + GzipFile.Extension)];
        return paths.Length switch
        {
            1 => paths[0],
            0 => throw new FileNotFoundException(
                $"No file matches '{Path.Combine(directory, pattern)}'. Add a file of triples."),
            _ => throw new InvalidDataException($"{directory}: several files of triples "
                + $"({string.Join(", ", paths.Select(Path.GetFileName).Order())}). Keep only one."),
        };
    }

    private static string FindQueries(string directory)
    {
        var trainingQueries = Path.Combine(directory, "queries.train.tsv");
        return File.Exists(trainingQueries) || File.Exists(trainingQueries + GzipFile.Extension)
            ? trainingQueries
            : Path.Combine(directory, "queries.tsv");
    }

    private static Dictionary<string, int> IndexIds(IReadOnlyList<TextLine> texts)
    {
        var ids = new Dictionary<string, int>(texts.Count, StringComparer.Ordinal);
        foreach (var line in texts)
        {
            var id = ParseIdAndText(line)[0];
            if (!ids.TryAdd(id, ids.Count))
            {
                throw line.CreateError($"duplicate id '{id}'. Ids must be unique.");
            }
        }

        return ids;
    }

    private static Triple Parse(TextLine line, Dictionary<string, int> queries, Dictionary<string, int> passages)
    {
        var ids = TabSeparatedFields.Parse(line, "query id", "positive id", "negative id");
        return new(Find(queries, 0, "query"), Find(passages, 1, "passage"), Find(passages, 2, "passage"));

        int Find(Dictionary<string, int> known, int field, string kind) => known.TryGetValue(ids[field], out var index)
            ? index
            : throw line.CreateError($"{kind} '{ids[field]}' has no text. Add its text, or remove the triple.");
    }

    private static string GetText(IReadOnlyList<TextLine> texts, int index) => ParseIdAndText(texts[index])[1];

    private static string[] ParseIdAndText(TextLine line) => TabSeparatedFields.Parse(line, "id", "text");

    // Indexes of lines in the files of queries and passages.
    private readonly record struct Triple(int Query, int Positive, int Negative);
}
