using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Triples of ids in the layout of MS MARCO (Bajaj et al., arXiv 1611.09268): a folder with <c>collection.tsv</c> (passage
/// id, passage), <c>queries.train.tsv</c> or else <c>queries.tsv</c> (query id, query), and one file
/// <c>qidpidtriples*.tsv</c> (query id, id of a relevant passage, id of one that is not), all without a header.
/// </summary>
/// <remarks>
/// Texts stay in their files, which are therefore not compressed; a triple takes 12 bytes of memory, a text 8 and
/// while triples are read, its id as well.
/// </remarks>
public sealed class IdTriples : IPairSource, IDisposable
{
    private readonly RandomLines _passages;
    private readonly RandomLines _queries;
    private readonly Triple[] _triples;

    /// <summary>Opens a folder.</summary>
    /// <exception cref="FileNotFoundException">One of the files is missing.</exception>
    /// <exception cref="InvalidDataException">
    /// A line is malformed, an id stands twice, a triple names an unknown id (the message names file and line), or there
    /// are several files of triples.
    /// </exception>
    public IdTriples(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var path = TriplesFile(directory);
        _passages = new RandomLines(Path.Combine(directory, "collection.tsv"));
        _queries = new RandomLines(QueriesFile(directory));
        Dictionary<string, int> passages = Ids(_passages), queries = Ids(_queries);
        _triples = [.. TextLines.Read(path).Select(line => Parse(line, queries, passages))];
    }

    /// <inheritdoc/>
    public int Count => _triples.Length;

    /// <inheritdoc/>
    public TrainingPair Draw(int index, Random random)
    {
        var (query, positive, negative) = _triples[index];
        return new TrainingPair(Text(_queries, query), Text(_passages, positive), [])
        {
            Negatives = [Text(_passages, negative)],
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _passages.Dispose();
        _queries.Dispose();
    }

    private static string TriplesFile(string directory)
    {
        const string pattern = "qidpidtriples*.tsv";
        var paths = Directory.GetFiles(directory, pattern).Order(StringComparer.Ordinal).ToArray();
        return paths.Length switch
        {
            1 => paths[0],
            0 => throw new FileNotFoundException(
                $"There is no '{Path.Combine(directory, pattern)}'; put a file of triples there, not compressed."),
            _ => throw new InvalidDataException(
                $"{directory}: {string.Join(", ", paths.Select(Path.GetFileName))} are all files of triples; keep one."),
        };
    }

    private static string QueriesFile(string directory)
    {
        var train = Path.Combine(directory, "queries.train.tsv");
        return File.Exists(train) ? train : Path.Combine(directory, "queries.tsv");
    }

    private static Dictionary<string, int> Ids(RandomLines texts)
    {
        var ids = new Dictionary<string, int>(texts.Count, StringComparer.Ordinal);
        foreach (var line in texts.ReadAll())
        {
            var id = IdAndText(line)[0];
            if (!ids.TryAdd(id, ids.Count))
            {
                throw line.Error($"id '{id}' stands twice; make ids unique.");
            }
        }

        return ids;
    }

    private static Triple Parse(TextLine line, Dictionary<string, int> queries, Dictionary<string, int> passages)
    {
        var ids = TabbedFields.Of(line, "query id", "positive's id", "negative's id");
        return new(Known(queries, 0, "query"), Known(passages, 1, "passage"), Known(passages, 2, "passage"));

        int Known(Dictionary<string, int> known, int field, string kind) => known.TryGetValue(ids[field], out var index)
            ? index
            : throw line.Error($"{kind} '{ids[field]}' is unknown; add its text to the {kind} file or drop the triple.");
    }

    private static string Text(RandomLines texts, int index) => IdAndText(texts[index])[1];

    private static string[] IdAndText(TextLine line) => TabbedFields.Of(line, "id", "text");

    // Indexes of lines.
    private readonly record struct Triple(int Query, int Positive, int Negative);
}
