using System.Runtime.InteropServices;
using System.Text;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace LuceneLsr.Indexing;

/// <summary>The postings of a batch of vectors, in memory.</summary>
internal sealed class InvertedImpacts
{
    private const int BytesPerPosting = 2 * sizeof(int);
    private const int BytesPerTerm = 200; // of lists and dictionary, about

    private static readonly UTF8Encoding Utf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, Postings> _postings = new(StringComparer.Ordinal);

    /// <summary>How many postings there are.</summary>
    public long Count { get; private set; }

    /// <summary>About what they take.</summary>
    public long SizeInBytes => (Count * BytesPerPosting) + ((long)_postings.Count * BytesPerTerm);

    /// <summary>Refuses a term that Lucene would not take.</summary>
    /// <exception cref="ArgumentException">A term is too long or no text.</exception>
    public static void Validate(IReadOnlyList<TermImpact> impacts, string field)
    {
        foreach (var (term, _) in impacts)
        {
            if (LengthOf(term, field) > IndexWriter.MAX_TERM_LENGTH)
            {
                throw new ArgumentException(
                    $"A term of field '{field}' is longer than {IndexWriter.MAX_TERM_LENGTH} bytes of UTF-8: "
                    + $"'{term.AsSpan(0, 30)}...'.", nameof(impacts));
            }
        }
    }

    /// <summary>Adds a document, whose number is above those before it.</summary>
    public void Add(int document, IReadOnlyList<TermImpact> impacts)
    {
        foreach (var (term, impact) in impacts)
        {
            ref var postings = ref CollectionsMarshal.GetValueRefOrAddDefault(_postings, term, out _);
            postings ??= new Postings([], []);
            postings.Documents.Add(document);
            postings.Impacts.Add(impact);
        }

        Count += impacts.Count;
    }

    /// <summary>The terms with their postings, in the order of the index.</summary>
    public (BytesRef Term, Postings Postings)[] Sorted() => [.. _postings
        .Select(entry => (Term: new BytesRef(entry.Key), entry.Value))
        .OrderBy(entry => entry.Term, BytesRef.UTF8SortedAsUnicodeComparer)];

    private static int LengthOf(string term, string field)
    {
        try
        {
            return Utf8.GetByteCount(term);
        }
        catch (EncoderFallbackException failure)
        {
            throw new ArgumentException(
                $"A term of field '{field}' has half of a surrogate pair, which no text has.", failure);
        }
    }

    /// <summary>A term's postings as parallel lists, in ascending order of documents.</summary>
    internal sealed record Postings(List<int> Documents, List<int> Impacts);
}
