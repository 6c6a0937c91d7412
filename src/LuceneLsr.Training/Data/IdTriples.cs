using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Files;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Triples of ids in the layout of MS MARCO (Bajaj et al., arXiv 1611.09268): a folder with <c>collection.tsv</c>
/// (passage id, passage), <c>queries.train.tsv</c> or else <c>queries.tsv</c> (query id, query), and one file
/// <c>qidpidtriples*.tsv</c> (query id, id of a relevant passage, id of one that is not), with tabs between and no
/// headers.
/// </summary>
/// <remarks>
/// Each file may be compressed (.gz). Texts stay in their files, or in memory where those are compressed; a triple
/// takes 12 bytes of memory, and a text 8, and its id as well while triples are read.
/// </remarks>
internal sealed class IdTriples : IPairSource, IDisposable
{
    private readonly IReadOnlyList<TextLine> _passages;
    private readonly IReadOnlyList<TextLine> _queries;
    private readonly Triple[] _triples;

    /// <summary>Opens a folder.</summary>
    /// <exception cref="FileNotFoundException">One of the files is missing.</exception>
    /// <exception cref="InvalidDataException">
    /// A line is malformed, an id stands twice, a triple names an unknown id (the message names file and line), or
    /// there are several files of triples.
    /// </exception>
    public IdTriples(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var path = TriplesFile(directory);
        _passages = RandomAccessLines.Open(Path.Combine(directory, "collection.tsv"));
        _queries = RandomAccessLines.Open(QueriesFile(directory));
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
        (_passages as IDisposable)?.Dispose();
        (_queries as IDisposable)?.Dispose();
    }

    private static string TriplesFile(string directory)
    {
        const string name = "qidpidtriples*.tsv";
        string[] paths = [.. Directory.GetFiles(directory, name), .. Directory.GetFiles(directory, name + ".gz")];
        return paths.Length switch
        {
            1 => paths[0],
            0 => throw new FileNotFoundException($"There is no '{Path.Combine(directory, name)}'; put one there."),
            _ => throw new InvalidDataException($"{directory}: there are several files of triples, "
                + $"{string.Join(", ", paths.Select(Path.GetFileName).Order())}; keep one."),
        };
    }

    private static string QueriesFile(string directory)
    {
        var ofTraining = Path.Combine(directory, "queries.train.tsv");
        return File.Exists(ofTraining) || File.Exists(ofTraining + ".gz")
            ? ofTraining
            : Path.Combine(directory, "queries.tsv");
    }

    private static Dictionary<string, int> Ids(IReadOnlyList<TextLine> texts)
    {
        var ids = new Dictionary<string, int>(texts.Count, StringComparer.Ordinal);
        foreach (var line in texts)
        {
            var id = IdAndText(line)[0];
            if (!ids.TryAdd(id, ids.Count))
            {
                throw line.CreateError($"id '{id}' stands twice; make ids unique.");
            }
        }

        return ids;
    }

    private static Triple Parse(TextLine line, Dictionary<string, int> queries, Dictionary<string, int> passages)
    {
        var ids = TabbedFields.Parse(line, "query id", "positive's id", "negative's id");
        return new(Known(queries, 0, "query"), Known(passages, 1, "passage"), Known(passages, 2, "passage"));

        int Known(Dictionary<string, int> known, int field, string kind) => known.TryGetValue(ids[field], out var index)
            ? index
            : throw line.CreateError($"{kind} '{ids[field]}' has no text; add it to the file of texts or drop the triple.");
    }

    private static string Text(IReadOnlyList<TextLine> texts, int index) => IdAndText(texts[index])[1];

    private static string[] IdAndText(TextLine line) => TabbedFields.Parse(line, "id", "text");

    // Indexes of lines.
    private readonly record struct Triple(int Query, int Positive, int Negative);
}
