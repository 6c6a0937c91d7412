using System.Globalization;
using LuceneLsr.Files;

namespace LuceneLsr.VectorFiles.Vocabularies;

/// <summary>
/// The terms of a corpus, numbered from 0 by falling document frequency and then in ordinal order, for formats that
/// name terms by integers. Queries need the vocabulary of their corpus; keep its file with the index.
/// </summary>
public sealed class CorpusVocabulary
{
    private readonly List<CorpusTerm> _terms;
    private readonly Dictionary<string, int> _ids;

    private CorpusVocabulary(List<CorpusTerm> terms)
    {
        _terms = terms;
        _ids = terms.Index().ToDictionary(entry => entry.Item.Term, entry => entry.Index, StringComparer.Ordinal);
    }

    /// <summary>Gets the terms in the order of their ids.</summary>
    public IReadOnlyList<CorpusTerm> Terms => _terms;

    /// <summary>Counts the terms of a corpus.</summary>
    /// <param name="documents">The vectors of the documents.</param>
    public static CorpusVocabulary Create(IEnumerable<SparseVector> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var counts = documents.SelectMany(document => document.Entries).CountBy(
            entry => entry.Term, StringComparer.Ordinal);
        return new([.. counts.Select(count => new CorpusTerm(count.Key, count.Value))
            .OrderByDescending(term => term.Documents).ThenBy(term => term.Term, StringComparer.Ordinal)]);
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">A line is malformed. The message names file and line.</exception>
    public static CorpusVocabulary Load(string path)
    {
        var terms = new List<CorpusTerm>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in TextLines.Read(path))
        {
            if (line.Text.Split('\t') is not [var id, { Length: > 0 } term, var documents]
                || ParseOrNull(id) != terms.Count || ParseOrNull(documents) is not { } count)
            {
                throw line.CreateError(
                    $"expected id {terms.Count}, a term and its number of documents, separated by tabs. "
                    + "Export the documents again.");
            }

            if (!known.Add(term))
            {
                throw line.CreateError($"duplicate term '{term}'. Export the documents again.");
            }

            terms.Add(new(term, count));
        }

        return new(terms);
    }

    /// <summary>
    /// Writes one line per term, in the order of their ids: id, term and number of documents, separated by tabs.
    /// </summary>
    /// <exception cref="InvalidDataException">A term contains a tab or a line break.</exception>
    public void Save(string path) => AtomicFile.Write(path, file =>
    {
        using var writer = new StreamWriter(file, leaveOpen: true);
        foreach (var (id, (term, documents)) in _terms.Index())
        {
            if (term.AsSpan().IndexOfAny("\t\r\n") >= 0)
            {
                throw new InvalidDataException(
                    $"Term '{term}' contains a tab or a line break, which a vocabulary file cannot hold. Remove it from "
                    + "the vectors.");
            }

            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{id}\t{term}\t{documents}\n"));
        }
    });

    /// <summary>Returns a vocabulary of the most frequent terms.</summary>
    /// <param name="count">The number of terms to keep.</param>
    public CorpusVocabulary TakeTop(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return count >= _terms.Count ? this : new(_terms[..count]);
    }

    /// <summary>Gets the id of a term, or null if it is not in the vocabulary.</summary>
    public int? FindId(string term) => _ids.TryGetValue(term, out var id) ? id : null;

    /// <summary>
    /// Returns a vector with ids, in decimal digits, in place of terms. Terms that are not in the vocabulary are left
    /// out; in a query they match no document.
    /// </summary>
    public SparseVector ToTokens(SparseVector vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        return new(vector.Entries.Where(entry => _ids.ContainsKey(entry.Term)).Select(
            entry => entry with { Term = _ids[entry.Term].ToString(CultureInfo.InvariantCulture) }));
    }

    private static int? ParseOrNull(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
