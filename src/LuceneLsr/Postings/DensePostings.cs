namespace LuceneLsr.Postings;

/// <summary>An impact of one byte for each document of the segment, 0 where the term is not in it.</summary>
internal sealed class DensePostings : CachedPostings
{
    private readonly byte[] _impacts; // [maxDoc]
    private readonly int _count;
    private readonly byte _largest;

    /// <summary>Lays out postings.</summary>
    /// <param name="documents">In ascending order.</param>
    /// <param name="impacts">Of the documents, each at most 255.</param>
    /// <param name="maxDoc">Documents of the segment.</param>
    public DensePostings(int[] documents, int[] impacts, int maxDoc)
    {
        _impacts = new byte[maxDoc];
        _count = documents.Length;
        foreach (var (at, document) in documents.Index())
        {
            _impacts[document] = checked((byte)impacts[at]);
        }

        _largest = _impacts.Max();
    }

    public override long SizeInBytes => _impacts.Length;

    public override PostingCursor Open() => new Cursor(this);

    private sealed class Cursor(DensePostings postings) : PostingCursor
    {
        private int _from;

        public override int NextDocument
        {
            get
            {
                var ahead = postings._impacts.AsSpan(_from).IndexOfAnyExcept((byte)0);
                _from = ahead < 0 ? postings._impacts.Length : _from + ahead;
                return ahead < 0 ? int.MaxValue : _from;
            }
        }

        public override int Count => postings._count;

        public override int LargestImpact => postings._largest;

        public override void Accumulate<T>(int start, int end, T into)
        {
            _from = Math.Min(end, postings._impacts.Length);
            into.AddRow(postings._impacts.AsMemory(start, _from - start));
        }
    }
}
