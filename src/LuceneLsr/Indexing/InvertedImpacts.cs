using System.Runtime.InteropServices;
using System.Text;
using Lucene.Net.Index;
using Lucene.Net.Util;
using LuceneLsr.Files;

namespace LuceneLsr.Indexing;

/// <summary>Inverts a batch of vectors into postings in memory.</summary>
internal sealed class InvertedImpacts
{
    private const int BytesPerPosting = 2 * sizeof(int);
    private const int BytesPerTerm = 200; // estimate for lists and dictionary entry

    private static readonly UTF8Encoding Utf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, PostingLists> _postings = new(StringComparer.Ordinal);

    /// <summary>Gets the number of postings.</summary>
    public long Count { get; private set; }

    /// <summary>Gets an estimate of the memory that the postings take, in bytes.</summary>
    public long SizeInBytes => (Count * BytesPerPosting) + ((long)_postings.Count * BytesPerTerm);

    /// <summary>Throws if Lucene would reject a term.</summary>
    /// <exception cref="ArgumentException">A term is too long or not valid Unicode.</exception>
    public static void Validate(IReadOnlyList<TermImpact> impacts, string field)
    {
        foreach (var (term, _) in impacts)
        {
            if (GetUtf8Length(term, field) > IndexWriter.MAX_TERM_LENGTH)
            {
                throw new ArgumentException(
                    $"Field '{field}' has a term longer than {IndexWriter.MAX_TERM_LENGTH} bytes of UTF-8: "
                    + $"'{TextExcerpt.Shorten(term, 30)}'. Shorten or remove the term.", nameof(impacts));
            }
        }
    }

    /// <summary>Adds a document whose id is above the previous one.</summary>
    public void Add(int document, IReadOnlyList<TermImpact> impacts)
    {
        foreach (var (term, impact) in impacts)
        {
            ref var postings = ref CollectionsMarshal.GetValueRefOrAddDefault(_postings, term, out _);
            postings ??= new PostingLists([], []);
            postings.Documents.Add(document);
            postings.Impacts.Add(impact);
        }

        Count += impacts.Count;
    }

    /// <summary>Returns the terms with their postings.</summary>
    public InMemoryTerms ToTerms() => new(
        [
            .. _postings.Select(entry => (Term: new BytesRef(entry.Key), entry.Value))
                .OrderBy(entry => entry.Term, BytesRef.UTF8SortedAsUnicodeComparer),
        ],
        Count);

    private static int GetUtf8Length(string term, string field)
    {
        try
        {
            return Utf8.GetByteCount(term);
        }
        catch (EncoderFallbackException exception)
        {
            throw new ArgumentException(
                $"Field '{field}' has a term with an unpaired surrogate, which is not valid Unicode. Remove the term.",
                exception);
        }
    }

    /// <summary>A term's postings as parallel lists in document order.</summary>
    internal sealed record PostingLists(List<int> Documents, List<int> Impacts);
}
